const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/**
 * The address that calls to this `serviceUrl` start with, without a slash at the end, or undefined when our token must
 * not go there. `hosts` are spelled like the `host` of a URL.
 */
export function serviceBase(serviceUrl: unknown, hosts: readonly string[]): string | undefined {
  const url = typeof serviceUrl === 'string' ? URL.parse(serviceUrl) : undefined;
  if (!url || !hosts.includes(url.host) || !hasSafeScheme(url)) return undefined;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function hasSafeScheme(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}
