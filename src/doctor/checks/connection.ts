import type { Config } from '../../config.ts';
import type { SignInResource, TokenServiceFailure } from '../../teams/token-service.ts';
import { bad, good } from '../finding.ts';
import type { Check } from '../finding.ts';

/** Asks where somebody would sign in: the answer tells what the OAuth connection is set to. */
export type AskConnection = () => Promise<
  { readonly ok: true; readonly resource: SignInResource } | TokenServiceFailure
>;

export function connectionCheck(config: Config, ask: AskConnection): Check {
  const name = config.oauthConnection;
  const uri = `api://botid-${config.appId}`;
  const where = 'In the Azure Bot, Configuration, OAuth Connection Settings';
  return {
    name: 'OAuth connection',
    look: async () => {
      const answer = await ask();
      if (!answer.ok && answer.why === 'none') {
        return bad(
          `There is no connection ${name}.`,
          `${where}: add ${name}, or set OAUTH_CONNECTION_NAME to the one that is there.`,
        );
      }
      if (!answer.ok && answer.why === 'no-answer') {
        return bad(
          `The Token Service gives no answer (${answer.code}).`,
          'Mend the way to the Token Service, or try again in a minute.',
        );
      }
      if (!answer.ok) {
        return bad(
          `The Token Service does not let the bot in (${answer.code}).`,
          'The Azure Bot must use the app registration of MicrosoftAppId, type Single Tenant.',
        );
      }
      const exchanged = answer.resource.tokenExchangeResource?.uri;
      if (exchanged === uri) return good(`${name}, exchanges tokens for ${uri}.`);
      const says =
        exchanged === undefined ? 'It has no token exchange URL.' : `Its token exchange URL is ${exchanged}.`;
      return bad(says, `${where}: set Token Exchange URL to ${uri}.`);
    },
  };
}
