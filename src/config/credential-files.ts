import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Environment } from './environment.ts';
import type { Variable } from './variables.ts';

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** What can be seen of a certificate before the start, so that it is told together with everything else. */
export function checkCertificate(env: Environment, { certificateFile, keyFile }: CertificateFiles): void {
  const certificate = parsed(env, 'APP_CERTIFICATE_FILE', certificateFile, (pem) => new X509Certificate(pem));
  const key = parsed(env, 'APP_CERTIFICATE_KEY_FILE', keyFile, (pem) => createPrivateKey(pem));
  if (key === undefined) return;
  if (key.asymmetricKeyType !== 'rsa') {
    env.fault('APP_CERTIFICATE_KEY_FILE', 'holds no RSA key', 'Entra takes RSA only: make a pair with an RSA key.');
  } else if (certificate?.checkPrivateKey(key) === false) {
    const remedy = 'Set both to the files of one pair.';
    env.fault('APP_CERTIFICATE_KEY_FILE', 'is not the key of the certificate in APP_CERTIFICATE_FILE', remedy);
  }
}

/** Its content is read whenever it is needed: the platform renews it. */
export function checkTokenFile(env: Environment, file: string): void {
  if (contentOf(file) !== undefined) return;
  const remedy = 'Set it to the file that the platform writes the token to, and let the account of the bot read it.';
  env.fault('APP_FEDERATED_TOKEN_FILE', 'names a file that cannot be read', remedy);
}

/** Faults of a parser can quote the key: nothing of them is told. */
function parsed<T>(env: Environment, variable: Variable, file: string, parse: (pem: Buffer) => T): T | undefined {
  const content = contentOf(file);
  if (content === undefined) {
    env.fault(
      variable,
      'names a file that cannot be read',
      'Set it to a PEM file that the account of the bot may read.',
    );
    return undefined;
  }
  try {
    return parse(content);
  } catch {
    const what = variable === 'APP_CERTIFICATE_FILE' ? 'certificate' : 'private key without a pass phrase';
    env.fault(variable, `holds no ${what} in PEM form`, `Set it to the PEM file of the ${what}.`);
    return undefined;
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
