import type { Environment } from './environment.ts';
import type { Variable } from './variables.ts';

export interface AddressRules {
  /** A login address has no path: the tenant is appended to the host. */
  readonly path: boolean;
  /** Whether plain http may be used on this machine's own loopback. */
  readonly loopbackHttp: boolean;
}

/** `host` is a URL's hostname: 127.0.0.0/8, `[::1]` or `localhost`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** An override without its trailing slash, or nothing when it is not set or wrong. */
export function readAddress(env: Environment, variable: Variable, rules: AddressRules): string | undefined {
  const text = env.text(variable);
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  const wrong = url === null ? 'is not a web address' : addressFault(url, rules);
  if (url !== null && wrong === undefined) return url.href.replace(/\/+$/, '');
  env.fault(variable, wrong ?? 'is not a web address', remedy(rules));
  return undefined;
}

function addressFault(url: URL, rules: AddressRules): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is not a web address';
  if (url.protocol === 'http:' && !rules.loopbackHttp) return 'must be https';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'may be http on loopback only';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'must not hold a query or a fragment';
  if (!rules.path && url.pathname !== '/') return 'must not hold a path';
  return undefined;
}

function remedy(rules: AddressRules): string {
  const form = rules.path ? 'https://host/path' : 'https://host';
  const http = rules.loopbackHttp ? ' (http only for 127.0.0.0/8, ::1 and localhost)' : '';
  return `Give it as ${form}${http}, or remove it to use the address that belongs to CLOUD.`;
}
