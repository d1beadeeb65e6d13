import type { Environment } from './environment.ts';

/** Nothing in a trace is secret; a collector beside the bot is reached by plain http, as everywhere. */
export function readTracesEndpoint(env: Environment): string | undefined {
  const text = env.text('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isAddress && url.search === '' && url.hash === '') return text;
  const remedy = 'Give it as http://host:4318 (OTLP over HTTP, without user or path), or remove it.';
  env.fault('OTEL_EXPORTER_OTLP_ENDPOINT', 'is not the address of a collector', remedy);
  return undefined;
}
