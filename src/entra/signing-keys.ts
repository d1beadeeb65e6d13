import { createRemoteJWKSet, customFetch } from 'jose';
import type { RemoteJWKSet } from 'jose';
import { z } from 'zod';
import type { Net, NetFetchOptions } from '../net/request.ts';
import { DAY } from '../scan/time.ts';
import { discoveryUrl, signingKeysUrl } from './authority.ts';
import type { AppRegistration } from './authority.ts';

const Discovery = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });

/**
 * The keys that the tenant signs with. An unknown key is fetched at once; known ones outlast a day in which Entra's
 * keys cannot be read.
 */
export function signingKeys(app: AppRegistration, net: Net): RemoteJWKSet {
  return createRemoteJWKSet(signingKeysUrl(app), {
    cacheMaxAge: DAY,
    [customFetch]: (url, options) => fetchKeys(url, options, { app, net }),
  });
}

interface Where {
  readonly app: AppRegistration;
  readonly net: Net;
}

/** Where the usual address has none, the discovery document names it; only on Entra's own host is it followed. */
async function fetchKeys(url: string, options: NetFetchOptions, { app, net }: Where): Promise<Response> {
  const usual = await net.fetch(url, options);
  if (usual.status !== 404) return usual;
  const document = Discovery.safeParse(await readJson(await net.fetch(discoveryUrl(app).href, options)));
  if (!document.success || new URL(document.data.jwks_uri).host !== new URL(app.loginUrl).host) return usual;
  return net.fetch(document.data.jwks_uri, options);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
