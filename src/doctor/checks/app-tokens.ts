import type { Config } from '../../config.ts';
import type { AppTokens } from '../../entra/app-tokens.ts';
import type { Refusal } from '../../scan/refusal.ts';
import { claimsIn } from '../claims.ts';
import { bad, good, open } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';

const PORTAL = 'In the app registration';

export function connectorTokenCheck(config: Config, tokens: AppTokens): Check {
  return {
    name: 'token for Teams',
    look: async () => {
      const answer = await tokens.connectorToken();
      return answer.ok
        ? good(`Entra takes the ${config.credential.kind}.`)
        : bad(...credentialWords(config, answer.refusal));
    },
  };
}

function credentialWords(config: Config, refusal: Refusal): [string, string] {
  const says = `Entra gives the app no token (${refusal.code ?? refusal.kind}).`;
  if (refusal.kind === 'entra-unavailable') return [says, 'Mend the way to Entra, or try again in a minute.'];
  switch (config.credential.kind) {
    case 'secret':
      return [
        says,
        `${PORTAL}, Certificates & secrets: has the secret ended? MicrosoftAppPassword is its value, not its id. MicrosoftAppId and MicrosoftAppTenantId must be of the same registration.`,
      ];
    case 'certificate':
      return [
        says,
        `${PORTAL}, Certificates & secrets: upload the certificate of APP_CERTIFICATE_FILE, and see that it has not ended.`,
      ];
    case 'federated':
      return [
        says,
        `${PORTAL}, Federated credentials: issuer, subject and audience must be those in the token of APP_FEDERATED_TOKEN_FILE.`,
      ];
    case 'managed-identity':
      return [
        says,
        `Assign the identity to this machine, and add it under ${PORTAL.toLowerCase()}, Federated credentials (infra/register-app.ts --trust-identity does).`,
      ];
  }
}

/** A token for the app's own API is only given where its address is the right one, and shows its version. */
export function exposedApiCheck(config: Config, tokens: AppTokens): Check {
  const uri = `api://botid-${config.appId}`;
  return {
    name: 'exposed API',
    look: async () => {
      const answer = await tokens.ownApiToken(uri);
      if (!answer.ok) {
        const says = `There is no API ${uri} (${answer.refusal.code ?? answer.refusal.kind}).`;
        return bad(
          says,
          `${PORTAL}, Expose an API: set the Application ID URI to ${uri}, with the scope access_as_user.`,
        );
      }
      const { ver } = claimsIn(answer.value);
      if (ver === '2.0') return good(`${uri}, tokens of version 2.`);
      return bad(
        `Its tokens are of version ${ver ?? '1.0'}.`,
        `${PORTAL}, Manifest: set requestedAccessTokenVersion (under api) to 2.`,
      );
    },
  };
}

/** For what only a token of the app can show: without one it is not that which is wrong. */
export function behindToken(check: Check, tokens: AppTokens): Check {
  return {
    name: check.name,
    look: async () => {
      const own = await tokens.connectorToken();
      return own.ok ? check.look() : unseen(own.refusal);
    },
  };
}

function unseen(refusal: Refusal): Looked {
  return open(`Not seen: the app gets no token (${refusal.code ?? refusal.kind}).`, 'Mend the token for Teams first.');
}

const NEEDED = 'Machine.Read.All';

/** Only looked at where the app itself follows scans. */
export function applicationPermissionCheck(config: Config, tokens: AppTokens): Check {
  return { name: 'permissions of the app', look: () => lookAt(config, tokens) };
}

async function lookAt(config: Config, tokens: AppTokens): Promise<Looked> {
  if (config.statusReader !== 'application') return good('None needed: STATUS_READER is requester.');
  const own = await tokens.connectorToken();
  if (!own.ok) return unseen(own.refusal);
  const answer = await tokens.defenderAppToken();
  const remedy = `${PORTAL}, API permissions: WindowsDefenderATP, application permission ${NEEDED}, then grant admin consent. Or set STATUS_READER=requester.`;
  if (!answer.ok) return bad(`No token for Defender (${answer.refusal.code ?? answer.refusal.kind}).`, remedy);
  const roles = claimsIn(answer.value).roles ?? [];
  return roles.includes(NEEDED) ? good(roles.join(', ')) : bad(`${NEEDED} is missing.`, remedy);
}
