import { checkCertificate, checkTokenFile } from './credential-files.ts';
import type { Environment } from './environment.ts';
import type { Variable } from './variables.ts';

/** How the app proves itself to Entra. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string }
  | { readonly kind: 'federated'; readonly tokenFile: string }
  /** `endpoint` is where the platform hands out tokens; without one it is the virtual machine's own. */
  | { readonly kind: 'managed-identity'; readonly clientId: string; readonly endpoint?: IdentityEndpoint };

export interface IdentityEndpoint {
  readonly url: string;
  readonly header: string;
}

const KINDS: Readonly<Record<Credential['kind'], readonly Variable[]>> = {
  secret: ['MicrosoftAppPassword'],
  certificate: ['APP_CERTIFICATE_FILE', 'APP_CERTIFICATE_KEY_FILE'],
  federated: ['APP_FEDERATED_TOKEN_FILE'],
  'managed-identity': ['APP_MANAGED_IDENTITY_CLIENT_ID'],
};

const THE_FOUR =
  'MicrosoftAppPassword, or APP_CERTIFICATE_FILE with APP_CERTIFICATE_KEY_FILE, or APP_FEDERATED_TOKEN_FILE, or APP_MANAGED_IDENTITY_CLIENT_ID';

/** Exactly one of the four; otherwise a fault and nothing. */
export function readCredential(env: Environment): Credential | undefined {
  const kinds = Object.keys(KINDS) as readonly Credential['kind'][];
  const chosen = kinds.filter((kind) => KINDS[kind].some((variable) => env.isSet(variable)));
  const [kind, second] = chosen;
  if (kind === undefined) {
    env.fault('MicrosoftAppPassword', 'is not set, nor is any other credential', `Set exactly one: ${THE_FOUR}.`);
    return undefined;
  }
  if (second === undefined) return readKind(env, kind);
  for (const variable of chosen.flatMap((one) => KINDS[one]).filter((one) => env.isSet(one))) {
    env.fault(variable, 'is one of several credentials', `Keep exactly one and remove the others: ${THE_FOUR}.`);
  }
  return undefined;
}

function readKind(env: Environment, kind: Credential['kind']): Credential | undefined {
  switch (kind) {
    case 'secret':
      return readSecret(env);
    case 'certificate':
      return readCertificate(env);
    case 'federated':
      return readFederated(env);
    case 'managed-identity':
      return readManagedIdentity(env);
  }
}

function readFederated(env: Environment): Credential {
  const tokenFile = env.text('APP_FEDERATED_TOKEN_FILE') ?? '';
  checkTokenFile(env, tokenFile);
  return { kind: 'federated', tokenFile };
}

function readManagedIdentity(env: Environment): Credential {
  const clientId = env.guid('APP_MANAGED_IDENTITY_CLIENT_ID', 'the client id of the managed identity');
  const url = env.text('IDENTITY_ENDPOINT');
  const header = env.text('IDENTITY_HEADER');
  const endpoint = url === undefined || header === undefined ? {} : { endpoint: { url, header } };
  return { kind: 'managed-identity', clientId, ...endpoint };
}

/** Entra's secrets hold no white space: a pasted line break would only show up as a refused sign-in much later. */
function readSecret(env: Environment): Credential {
  const secret = env.raw('MicrosoftAppPassword') ?? '';
  if (/\s/.test(secret)) {
    env.fault(
      'MicrosoftAppPassword',
      'holds white space',
      "Paste the secret's value again, without spaces or line breaks.",
    );
  }
  return { kind: 'secret', secret };
}

function readCertificate(env: Environment): Credential {
  const certificateFile = env.text('APP_CERTIFICATE_FILE');
  const keyFile = env.text('APP_CERTIFICATE_KEY_FILE');
  if (certificateFile === undefined) {
    const remedy = 'Set it to the PEM file of the certificate that belongs to the key.';
    env.fault('APP_CERTIFICATE_FILE', 'is not set', remedy);
  }
  if (keyFile === undefined) {
    const remedy = 'Set it to the PEM file of the private key of the certificate.';
    env.fault('APP_CERTIFICATE_KEY_FILE', 'is not set', remedy);
  }
  const files = { certificateFile: certificateFile ?? '', keyFile: keyFile ?? '' };
  if (certificateFile !== undefined && keyFile !== undefined) checkCertificate(env, files);
  return { kind: 'certificate', ...files };
}
