import { randomBytes } from 'node:crypto';

/** A place in a trace, in the ids of the W3C's Trace Context. */
export interface Spot {
  readonly trace: string;
  readonly span: string;
}

/** Kinds, numbers and our own ids. Never a name, a word of somebody's, or an id of a person or a device. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/** A piece of work while it goes on. */
export interface OpenSpan {
  readonly spot: Spot;
  end(facts: SpanFacts, failed: boolean): void;
}

/** Where pieces of work are told to. */
export interface Tracing {
  /** Begins a piece of work, in a trace of its own without `parent`. */
  begin(name: string, facts: SpanFacts, from: { readonly parent?: Spot | undefined }): OpenSpan;
  /** Sends what was not sent yet. */
  close(): Promise<void>;
}

/** Tells nobody, and gives ids all the same: lines of the log are found by them. */
export const silentTracing: Tracing = {
  begin: (_name, _facts, { parent }) => ({
    spot: { trace: parent?.trace ?? randomBytes(16).toString('hex'), span: randomBytes(8).toString('hex') },
    end: () => undefined,
  }),
  close: () => Promise.resolve(),
};

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** As it travels through the store. */
export function traceparentOf({ trace, span }: Spot): string {
  return `00-${trace}-${span}-01`;
}

export function readTraceparent(text: string | undefined): Spot | undefined {
  const [, trace, span] = TRACEPARENT.exec(text ?? '') ?? [];
  return trace === undefined || span === undefined ? undefined : { trace, span };
}
