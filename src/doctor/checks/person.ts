import type { Config } from '../../config.ts';
import { audiencesOf } from '../../entra/authority.ts';
import type { DefenderTokens } from '../../entra/on-behalf-of.ts';
import type { TokenWant } from '../../entra/on-behalf-of.ts';
import type { Person } from '../../scan/person.ts';
import type { Defender } from '../../scan/ports.ts';
import type { Refusal } from '../../scan/refusal.ts';
import { claimsIn } from '../claims.ts';
import { bad, good, open } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';
import { namesGroups } from '../named-groups.ts';

/** Somebody whose sign-in the Token Service keeps. Never named. */
export interface SignedIn {
  readonly person: Person;
  /** What it keeps for them. */
  readonly signIn: string;
  readonly tokens: Pick<DefenderTokens, 'token'>;
  readonly defender: Pick<Defender, 'findDevices'>;
}

const NOBODY = 'Nobody is signed in to the bot yet.';
const SIGN_IN =
  'Let one person write "scan <device>" to the bot and sign in (Dismiss is enough then), and run this again.';
const SCOPE = 'access_as_user';
/** No device can be called that. */
const NO_DEVICE = 'scan-bot-doctor.invalid';

/** The scope cannot be seen from outside: only a sign-in shows what the connection asks for. */
export function signInCheck(config: Config, who: SignedIn | undefined): Check {
  return {
    name: 'sign-in',
    look: () => Promise.resolve(who === undefined ? open(NOBODY, SIGN_IN) : lookAtSignIn(config, who.signIn)),
  };
}

function lookAtSignIn({ appId, tenantId, endpoints, oauthConnection }: Config, signIn: string): Looked {
  const { aud = '', scp = '' } = claimsIn(signIn);
  const isOurs = audiencesOf({ appId, tenantId, loginUrl: endpoints.loginUrl }).includes(aud);
  if (isOurs && scp.split(' ').includes(SCOPE)) return good(`For this app, with the scope ${SCOPE}.`);
  return bad(
    isOurs ? `It lacks the scope ${SCOPE}.` : 'It is for another API than that of this app.',
    `In the Azure Bot, OAuth Connection Settings of ${oauthConnection}: set Scopes to api://botid-${appId}/${SCOPE}; ` +
      `in the app registration, Expose an API, the scope must be called ${SCOPE}. Then type "sign out" and sign in again.`,
  );
}

/** Only looked at where somebody is named by a group. */
export function groupsCheck(config: Config, who: SignedIn | undefined): Check {
  const granted = delegatedCheck('groups', ['User.Read'], who);
  const none = good('Not needed: no group is named in APPROVERS or POLICY_FILE.');
  return { name: granted.name, look: () => (namesGroups(config) ? granted.look() : Promise.resolve(none)) };
}

export function delegatedCheck(want: TokenWant, rights: readonly string[], who: SignedIn | undefined): Check {
  return {
    name: `permission ${rights.join(', ')}`,
    look: async () => {
      if (who === undefined) return open(NOBODY, SIGN_IN);
      const answer = await who.tokens.token(who.person, want, { fresh: true });
      if (!answer.ok) return refusedWords(want, answer.refusal);
      const held = (claimsIn(answer.value).scp ?? '').split(' ');
      const missing = rights.filter((right) => !held.includes(right));
      return missing.length === 0 ? good('Granted.') : bad(`The token lacks ${missing.join(', ')}.`, consentFor(want));
    },
  };
}

/** What is wrong with the person alone says nothing about the installation. */
const OF_THE_PERSON: ReadonlySet<Refusal['kind']> = new Set([
  'sign-in-needed',
  'session-revoked',
  'mfa-needed',
  'account-disabled',
  'guest',
]);

function refusedWords(want: TokenWant, { kind, code }: Refusal): Looked {
  const says = `Entra gives no token (${code ?? kind}).`;
  if (kind === 'consent-missing') return bad(says, consentFor(want));
  if (OF_THE_PERSON.has(kind)) return open(`Not seen: that person's sign-in is not taken (${code ?? kind}).`, SIGN_IN);
  if (kind === 'entra-unavailable') return bad(says, 'Mend the way to Entra, or try again in a minute.');
  return bad(says, 'Look the code up at https://login.microsoftonline.com/error; the README lists the usual ones.');
}

function consentFor(want: TokenWant): string {
  const api = want === 'groups' ? 'Microsoft Graph' : 'WindowsDefenderATP';
  return `In the app registration, API permissions: add it under ${api} (delegated) and grant admin consent.`;
}

/** Asks Defender for a device that cannot exist: read-only, and any clear answer will do. */
export function defenderCheck(who: SignedIn | undefined): Check {
  return {
    name: 'Defender',
    look: async () => {
      if (who === undefined) return open(NOBODY, SIGN_IN);
      const answer = await who.defender.findDevices(who.person, NO_DEVICE);
      if (answer.ok) return good("Answers in that person's name.");
      const { kind, status, code } = answer.refusal;
      const said = [status, code ?? kind].filter((word) => word !== undefined).join(' ');
      if (kind === 'forbidden')
        return bad(
          `Defender refuses (${said}).`,
          'Give people a Defender role with View data, or the unified permission Security data basics (read).',
        );
      return bad(
        `Defender gives no answer (${said}).`,
        'Is DEFENDER_API_URL, DEFENDER_REGION or CLOUD right? Has the tenant Defender for Endpoint?',
      );
    },
  };
}
