import { createRemoteJWKSet, customFetch, errors } from 'jose';
import type { CryptoKey, FlattenedJWSInput, JWTHeaderParameters } from 'jose';
import { z } from 'zod';
import type { Net } from '../net/request.ts';
import { DAY, SECOND } from '../scan/time.ts';

const CHANNEL = 'msteams';

const Metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const Keys = z.object({ keys: z.array(z.looseObject({ endorsements: z.array(z.string()).optional() })) });

/** The channel's signing keys could not be had: nobody can be let in, and nobody's token is at fault. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** What the Bot Framework service signs with. Keys that are not endorsed for Teams do not exist here. */
export class ChannelKeys {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(metadataUrl: string, net: Net) {
    this.#keys = createRemoteJWKSet(new URL(metadataUrl), {
      cacheMaxAge: DAY,
      cooldownDuration: 30 * SECOND,
      [customFetch]: () => fetchKeys(metadataUrl, net),
    });
  }

  /** Whether callers can be told apart without fetching anything. */
  get areKnown(): boolean {
    return this.#keys.fresh;
  }

  /** For jose: throws its own errors for a key that is not there, `KeysUnavailable` when nobody knows. */
  async find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    try {
      return await this.#keys(header, token);
    } catch (cause) {
      // With good keys at hand, looking in vain for a newer one is the fault of who made the key's name up.
      if (isAboutTheToken(cause) || this.#keys.fresh) throw new errors.JWKSNoMatchingKey();
      throw new KeysUnavailable('The channel signing keys could not be fetched.', { cause });
    }
  }
}

function isAboutTheToken(cause: unknown): boolean {
  return cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys;
}

/** jose asks for one document; the channel has two, and the second may move. */
async function fetchKeys(metadataUrl: string, net: Net): Promise<Response> {
  const { jwks_uri: keysUrl } = Metadata.parse(await getJson(metadataUrl, net));
  if (!keysUrl.startsWith('https:') && metadataUrl.startsWith('https:')) throw new Error('Keys without TLS.');
  const { keys } = Keys.parse(await getJson(keysUrl, net));
  return Response.json({ keys: keys.filter(({ endorsements }) => endorsements?.includes(CHANNEL)) });
}

async function getJson(url: string, net: Net): Promise<unknown> {
  const answer = await net.request({ url, method: 'GET', timeoutMs: 5 * SECOND });
  if (!answer.ok) throw new Error(`No answer from ${answer.detail}`);
  if (answer.status !== 200) throw new Error(`Status ${answer.status} from ${new URL(url).host}`);
  return JSON.parse(answer.text);
}
