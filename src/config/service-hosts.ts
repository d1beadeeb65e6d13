import { isLoopback } from './address.ts';
import type { Environment } from './environment.ts';

/** The hosts that a `serviceUrl` may name, spelled like the `host` of a URL: lower case, 443 left out. */
export function readServiceHosts(env: Environment): readonly string[] | undefined {
  const entries = env.list('TEAMS_SERVICE_HOSTS', 'hosts');
  if (entries === undefined) return undefined;
  const hosts = entries.map(readHost).filter((host) => host !== undefined);
  if (hosts.length < entries.length) {
    const remedy = 'Separate entries by commas, each as host or host:port, without https:// and without a path.';
    env.fault('TEAMS_SERVICE_HOSTS', 'has an entry that is not a host', remedy);
  }
  return hosts;
}

export function hasLoopback(hosts: readonly string[]): boolean {
  return hosts.some((host) => isLoopback(new URL(`https://${host}`).hostname));
}

function readHost(entry: string): string | undefined {
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(entry)) return undefined;
  return URL.parse(`https://${entry}`)?.host;
}
