import type { Config } from '../../config.ts';
import type { Net, NetAnswer } from '../../net/request.ts';
import type { Courses } from '../../trace/courses.ts';
import type { Metrics } from '../metrics.ts';
import type { Service } from './words.ts';

/** A service address may be that of another service, too: what is called tells. */
const CONVERSATIONS = '/v3/conversations';
const GRAPH_VERSION = '/v1.0';

/** The way out, with a count and a span for each call: to which service, how long, how it ended. Never to which address. */
export function watchedNet(net: Net, { endpoints }: Config, watch: { courses: Courses; metrics: Metrics }): Net {
  const known: readonly (readonly [string, Service])[] = [
    [endpoints.graphUrl.replace(/\/+$/, '') + GRAPH_VERSION, 'graph'],
    [endpoints.defenderUrl, 'defender'],
    [endpoints.loginUrl, 'entra'],
    [endpoints.tokenServiceUrl, 'token-service'],
    [endpoints.openIdMetadataUrl, 'keys'],
  ];
  const serviceOf = (url: string): Service =>
    (url.includes(CONVERSATIONS) ? undefined : known.find(([base]) => url.startsWith(base))?.[1]) ?? 'teams';
  const told = <T>(url: string, work: () => Promise<T>, outcomeOf: (done: T) => string): Promise<T> => {
    const service = serviceOf(url);
    return watch.courses.run({ name: `call ${service}`, facts: { 'scanbot.service': service } }, async ({ facts }) => {
      const began = performance.now();
      const done = await work();
      const outcome = outcomeOf(done);
      facts['outcome'] = outcome;
      watch.metrics.called(service, outcome, (performance.now() - began) / 1000);
      return done;
    });
  };
  return {
    request: (request) => told(request.url, () => net.request(request), outcomeOfAnswer),
    fetch: (url, options) =>
      told(
        url,
        () => net.fetch(url, options),
        ({ status }) => statusClass(status),
      ),
  };
}

function outcomeOfAnswer(answer: NetAnswer): string {
  return answer.ok ? statusClass(answer.status) : answer.why;
}

function statusClass(status: number): string {
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
