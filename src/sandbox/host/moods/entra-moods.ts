import { SECOND } from '../../../scan/time.ts';
import type { EntraStandIn } from '../../entra/entra-stand-in.ts';
import { PEOPLE } from '../people.ts';
import { lastingMood } from './mood.ts';
import type { Mood } from './mood.ts';

const RIGHTS = ['Machine.Scan', 'Machine.Read'];
const SLOW = 3 * SECOND;
const BUSY_SECONDS = 5;

export const ENTRA_MOODS: readonly Mood[] = [
  lastingMood(
    'entra',
    {
      id: 'consent-missing',
      title: 'Consent missing',
      description: 'No administrator has consented to the bot’s permissions: nobody gets a token for Defender.',
    },
    {
      isOn: ({ entra }) => entra.moods.consentMissing.size > 0,
      turn: ({ entra }, on) => {
        entra.moods.consentMissing = new Set(on ? RIGHTS : []);
        endTokens(entra);
      },
    },
  ),
  lastingMood(
    'entra',
    {
      id: 'mfa-asked',
      title: 'Second factor asked',
      description: 'Everybody has to sign in again with a second factor, which the sign-in window gives.',
    },
    {
      isOn: ({ entra }) => entra.moods.mfaAsked.size > 0,
      turn: ({ entra }, on) => {
        entra.moods.mfaAsked = new Set(on ? PEOPLE.map(({ oid }) => oid) : []);
        endTokens(entra);
      },
    },
  ),
  lastingMood(
    'entra',
    { id: 'entra-slow', title: 'Entra slow', description: 'Every token takes three seconds.' },
    {
      isOn: ({ entra }) => entra.moods.slowMs > 0,
      turn: ({ entra }, on) => {
        entra.moods.slowMs = on ? SLOW : 0;
      },
    },
  ),
  lastingMood(
    'entra',
    {
      id: 'entra-unavailable',
      title: 'Entra unavailable (503)',
      description: 'Entra has a passing fault and gives no tokens until this is off again.',
    },
    {
      isOn: ({ entra }) => entra.moods.unavailable !== undefined,
      turn: ({ entra }, on) => {
        entra.moods.unavailable = on ? BUSY_SECONDS : undefined;
      },
    },
  ),
];

/** What was issued before would go on for an hour and nothing of the change would be seen. */
function endTokens({ moods }: EntraStandIn): void {
  const isOn = moods.consentMissing.size > 0 || moods.mfaAsked.size > 0;
  moods.tokensEndedAt = isOn ? Date.now() : undefined;
}
