import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { CLOUDS } from '../../config/clouds.ts';
import type { Config } from '../../config.ts';
import { bad, good, open } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';

const manifest = z.object({
  id: z.string(),
  bots: z.array(z.object({ botId: z.string() })).min(1),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
  validDomains: z.array(z.string()),
});

/** Whether what was uploaded to Teams belongs to this configuration. `read` gives the package's manifest. */
export function packageCheck(config: Config, file: string, read: (zip: Uint8Array) => string | undefined): Check {
  return {
    name: 'app package',
    look: () =>
      Promise.resolve(
        existsSync(file)
          ? lookAt(config, manifestOf(readFileSync(file), read))
          : open('Not made yet.', 'npm run package, then upload it to Teams.'),
      ),
  };
}

/** Undefined for what is no package, or a damaged one. */
function manifestOf(zip: Uint8Array, read: (zip: Uint8Array) => string | undefined): unknown {
  try {
    return JSON.parse(read(zip) ?? '');
  } catch {
    return undefined;
  }
}

function lookAt(config: Config, written: unknown): Looked {
  const again =
    'npm run package with this configuration, raise version in manifest/manifest.json, and upload it again.';
  const found = manifest.safeParse(written);
  if (!found.success) return bad('It holds no manifest of this bot.', again);
  const { bots, webApplicationInfo, validDomains } = found.data;
  const { appId, cloud } = config;
  if (bots.some(({ botId }) => botId !== appId) || webApplicationInfo.id !== appId) {
    return bad('It belongs to another MicrosoftAppId.', again);
  }
  if (webApplicationInfo.resource !== `api://botid-${appId}`)
    return bad(`It asks for tokens of ${webApplicationInfo.resource}.`, again);
  if (!validDomains.includes(CLOUDS[cloud].signInHost))
    return bad(`It does not allow ${CLOUDS[cloud].signInHost}.`, again);
  return good('Belongs to this configuration.');
}
