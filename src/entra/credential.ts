import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { NodeAuthOptions } from '@azure/msal-node';
import { CredentialFault } from './credential-fault.ts';
import { ManagedIdentity } from './managed-identity.ts';
import type { IdentityEndpoint, ManagedIdentityAccess } from './managed-identity.ts';

/** How the app proves itself to Entra. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string }
  /** A token of another issuer that the app registration trusts, such as a Kubernetes service account's. */
  | { readonly kind: 'federated'; readonly tokenFile: string }
  /** A user-assigned identity that the app registration trusts. `endpoint` on App Service, else the machine's own. */
  | { readonly kind: 'managed-identity'; readonly clientId: string; readonly endpoint?: IdentityEndpoint };

/** The part of MSAL's configuration that proves the app. */
export type CredentialAuth = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/** Made once and shared by all clients. Throws `CredentialFault` when a file cannot be used. */
export function authOf(credential: Credential, access: ManagedIdentityAccess): CredentialAuth {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.secret };
    case 'certificate':
      return { clientCertificate: readCertificate(credential.certificateFile, credential.keyFile) };
    case 'federated':
      return { clientAssertion: () => readToken(credential.tokenFile) };
    case 'managed-identity': {
      const identity = new ManagedIdentity(credential.clientId, credential.endpoint, access);
      return { clientAssertion: () => identity.token() };
    }
  }
}

function readCertificate(certificateFile: string, keyFile: string): NonNullable<CredentialAuth['clientCertificate']> {
  const certificate = parsed(certificateFile, (pem) => new X509Certificate(pem));
  const key = parsed<KeyObject>(keyFile, (pem) => createPrivateKey(pem));
  if (key.asymmetricKeyType !== 'rsa')
    throw new CredentialFault('misconfigured', 'not-rsa', `${keyFile} holds no RSA key`);
  if (!certificate.checkPrivateKey(key)) {
    throw new CredentialFault('misconfigured', 'not-a-pair', `${keyFile} is not the key of ${certificateFile}`);
  }
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Crypto errors can quote the key: only the file's name goes on. */
function parsed<T>(file: string, parse: (pem: Buffer) => T): T {
  try {
    return parse(readFileSync(file));
  } catch {
    throw new CredentialFault('misconfigured', 'unreadable-file', `${file} cannot be read as PEM`);
  }
}

/** Read anew each time: the platform replaces the file while we run. */
async function readToken(file: string): Promise<string> {
  const token = await readFile(file, 'utf8').catch(() => '');
  if (token.trim() === '') throw new CredentialFault('misconfigured', 'unreadable-file', `${file} holds no token`);
  return token.trim();
}
