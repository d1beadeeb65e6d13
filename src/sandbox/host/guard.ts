import { json } from '../http.ts';
import type { HttpAnswer, HttpCall } from '../http.ts';

/**
 * Other web sites run in the same browser. They may neither read from the sandbox under a name of their own that leads to
 * this machine, nor send anything to it: only the page itself gets through.
 */
export function guardOf(port: () => number): (call: HttpCall) => HttpAnswer | undefined {
  return ({ method, headers }) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    if (!hosts.includes(headers.host ?? '')) return refused('This host name is not known here.');
    const { origin } = headers;
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return refused('Not from there.');
    if (headers['sec-fetch-site'] === 'cross-site') return refused('Not from there.');
    const isJson = (headers['content-type'] ?? '').startsWith('application/json');
    return method === 'POST' && !isJson ? json(415, { error: 'The content must be application/json.' }) : undefined;
  };
}

function refused(error: string): HttpAnswer {
  return json(403, { error });
}
