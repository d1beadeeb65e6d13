import type { Net } from '../../net/request.ts';
import type { Clock } from '../../scan/ports.ts';
import { MINUTE, SECOND } from '../../scan/time.ts';
import { bad, good, open } from '../finding.ts';
import type { Check } from '../finding.ts';

/** Entra refuses proofs, and the bot refuses tokens, that are five minutes off; half of it is time to act. */
const MOST_OFF = 2 * MINUTE;

export function clockCheck(url: string, net: Net, clock: Clock): Check {
  return {
    name: 'clock',
    look: async () => {
      const answer = await net.request({ url, method: 'GET', timeoutMs: 5 * SECOND });
      const theirs = answer.ok ? Date.parse(answer.headers['date'] ?? '') : Number.NaN;
      if (Number.isNaN(theirs)) return open('No other clock could be asked.', 'Mend the way to Entra first.');
      const off = Math.round((clock.now() - theirs) / SECOND);
      if (Math.abs(off) * SECOND <= MOST_OFF) return good(`Within ${Math.abs(off)} s of Entra's.`);
      const side = off > 0 ? 'ahead of' : 'behind';
      return bad(
        `${Math.abs(off)} s ${side} Entra's.`,
        'Turn time synchronisation on (chrony, systemd-timesyncd, w32time).',
      );
    },
  };
}
