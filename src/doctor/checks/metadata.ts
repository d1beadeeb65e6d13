import { z } from 'zod';
import { readJson } from '../../net/read-json.ts';
import type { Net } from '../../net/request.ts';
import { SECOND } from '../../scan/time.ts';
import { bad, good } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const keys = z.object({ keys: z.array(z.unknown()).min(1) });

/** Where the keys are announced by which callers are checked. `issuer` undefined: any. */
export function metadataCheck(name: string, url: string, net: Net, issuer?: string): Check {
  return { name, look: () => lookAt(url, net, issuer) };
}

async function lookAt(url: string, net: Net, issuer: string | undefined): Promise<Looked> {
  const remedy = `Open ${url} from this machine: it must answer with JSON that names issuer and jwks_uri.`;
  const found = metadata.safeParse(await json(url, net));
  if (!found.success) return bad('No OpenID metadata there.', remedy);
  if (issuer !== undefined && found.data.issuer !== issuer) {
    return bad(
      `It speaks for ${found.data.issuer}, not for ${issuer}.`,
      'Set CLOUD to the cloud of the bot, and remove BOT_OPENID_METADATA_URL.',
    );
  }
  const known = keys.safeParse(await json(found.data.jwks_uri, net));
  if (!known.success)
    return bad('The keys that it names cannot be read.', `Open ${found.data.jwks_uri} from this machine.`);
  return good(`${known.data.keys.length} ${known.data.keys.length === 1 ? 'key' : 'keys'}.`);
}

async function json(url: string, net: Net): Promise<unknown> {
  const answer = await net.request({ url, method: 'GET', timeoutMs: 5 * SECOND });
  return answer.ok && answer.status === 200 ? readJson(answer.text) : undefined;
}
