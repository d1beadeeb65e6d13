import { ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { OpenSpan, SpanFacts, Spot, Tracing } from './tracing.ts';

export interface OtlpSettings {
  /** Of the collector, without the path. */
  readonly endpoint: string;
  readonly version: string;
}

/** The bot stops within seconds: a collector that does not answer must not keep it. */
const SEND_WITHIN_MS = 2000;

/** Sends traces to a collector by OTLP over HTTP, in batches, beside the work. */
export function otlpTracing({ endpoint, version }: OtlpSettings): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: SEND_WITHIN_MS });
  const resource = resourceFromAttributes({ 'service.name': 'scan-bot', 'service.version': version });
  const spanProcessors = [new BatchSpanProcessor({ exporter, exportTimeoutMillis: SEND_WITHIN_MS })];
  const provider = new TracerProvider({ resource, spanProcessors });
  const tracer = provider.getTracer('scan-bot');
  return {
    begin: (name, facts, { parent }) => begin(tracer, { name, facts, parent }),
    close: () => within(SEND_WITHIN_MS, provider.shutdown()),
  };
}

interface Begun {
  readonly name: string;
  readonly facts: SpanFacts;
  readonly parent: Spot | undefined;
}

function begin(tracer: Tracer, { name, facts, parent }: Begun): OpenSpan {
  const span = tracer.startSpan(name, { attributes: facts }, contextOf(parent));
  const { traceId, spanId } = span.spanContext();
  return {
    spot: { trace: traceId, span: spanId },
    end(more, failed) {
      span.setAttributes(more);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** Perhaps the parent ended hours ago, in another process. */
function contextOf(parent: Spot | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const { trace: traceId, span: spanId } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // The last spans of a bot that stops may be lost: what it did stands in the store, and nobody is left to send them.
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
