import { REGIONS, regionalDefenderUrl } from '../../config/clouds.ts';
import type { Config } from '../../config.ts';
import { reach } from '../../net/reach.ts';
import { SECOND } from '../../scan/time.ts';
import { good, open } from '../finding.ts';
import type { Check } from '../finding.ts';

/** How far Defender's hosts are. Advice only: the tenant's own region counts for more than a few milliseconds. */
export function regionCheck(config: Config, shakeHands = reach): Check {
  return {
    name: 'Defender regions',
    look: async () => {
      if (config.cloud !== 'public' || !config.endpoints.defenderUrl.endsWith('.security.microsoft.com')) {
        return good('Not asked: the address is set, or the cloud has one only.');
      }
      const tried = await Promise.all(
        REGIONS.map(async (region) => ({ region, found: await shakeHands(regionalDefenderUrl(region), 3 * SECOND) })),
      );
      const reached = tried.flatMap(({ region, found }) => (found.ok ? [{ region, ms: found.ms }] : []));
      reached.sort((one, other) => one.ms - other.ms);
      if (reached.length === 0) return open('None could be reached.', 'Mend the way to Defender first.');
      return good(reached.map(({ region, ms }) => `${region} ${ms} ms`).join(', '));
    },
  };
}
