import type { DefenderTokens } from '../../entra/on-behalf-of.ts';
import type { TokenWant } from '../../entra/on-behalf-of.ts';
import type { Person } from '../../scan/person.ts';
import type { Defender } from '../../scan/ports.ts';
import type { Refusal } from '../../scan/refusal.ts';
import { claimsIn } from '../claims.ts';
import { bad, good, open } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';

/** Somebody whose sign-in the Token Service keeps. Never named. */
export interface SignedIn {
  readonly person: Person;
  readonly tokens: Pick<DefenderTokens, 'token'>;
  readonly defender: Pick<Defender, 'findDevices'>;
}

const NOBODY = 'Nobody is signed in to the bot yet.';
const SIGN_IN =
  'Let one person write "scan <device>" to the bot and sign in (Dismiss is enough then), and run this again.';
const CONSENT =
  'In the app registration, API permissions: add it under WindowsDefenderATP (delegated) and grant admin consent.';
/** No device can be called that. */
const NO_DEVICE = 'scan-bot-doctor.invalid';

export function delegatedCheck(want: TokenWant, rights: readonly string[], who: SignedIn | undefined): Check {
  return {
    name: `permission ${rights.join(', ')}`,
    look: async () => {
      if (who === undefined) return open(NOBODY, SIGN_IN);
      const answer = await who.tokens.token(who.person, want, { fresh: true });
      if (!answer.ok) return refusedWords(answer.refusal);
      const held = (claimsIn(answer.value).scp ?? '').split(' ');
      const missing = rights.filter((right) => !held.includes(right));
      return missing.length === 0 ? good('Granted.') : bad(`The token lacks ${missing.join(', ')}.`, CONSENT);
    },
  };
}

function refusedWords({ kind, code }: Refusal): Looked {
  const says = `Entra gives no token (${code ?? kind}).`;
  if (kind === 'consent-missing') return bad(says, CONSENT);
  if (kind === 'sign-in-needed' || kind === 'session-revoked') return open("That person's sign-in has ended.", SIGN_IN);
  return bad(says, 'Look the code up at https://login.microsoftonline.com/error; the README lists the usual ones.');
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
