import { readFileSync } from 'node:fs';
import type { Tracing } from '../../trace/tracing.ts';
import { silentTracing } from '../../trace/tracing.ts';

/** Traces go out only where a collector is named; nothing of that is even loaded otherwise. */
export async function tracingFor(endpoint: string | undefined): Promise<Tracing> {
  if (endpoint === undefined) return silentTracing;
  const { otlpTracing } = await import('../../trace/otlp.ts');
  return otlpTracing({ endpoint, version: ownVersion() });
}

function ownVersion(): string {
  const file = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}
