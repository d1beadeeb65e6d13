import type { EndingSource, ScanEnd } from '../ending.ts';
import type { AvRecord, EndingSources } from '../ending-sources.ts';
import type { DeviceId, Time } from '../ids.ts';
import type { Clock, Reader } from '../ports.ts';
import type { Answer, Refusal, RefusalKind } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import { HOUR } from '../time.ts';
import { retryTime } from './parts.ts';

/** `missing`: not permitted, not licensed or not there. `sign-in`: nobody may be asked in the person's name now. */
export type Look<T> =
  | { readonly is: 'seen'; readonly value: T }
  | { readonly is: 'missing' }
  | { readonly is: 'sign-in' }
  | { readonly is: 'later'; readonly at: Time; readonly why: 'throttled' | 'fails' };

export interface SourcesParts {
  readonly port: EndingSources;
  readonly clock: Clock;
  /** For the operator: once for each source and reason. */
  readonly note: (source: EndingSource, refusal: Refusal) => void;
}

/** A permission may be granted, a licence bought. */
const ASK_AGAIN = HOUR;
/** Refusals that hold for one person only; any other one is the tenant's. */
const PERSONAL: ReadonlySet<RefusalKind> = new Set(['forbidden', 'unauthorized', 'account-disabled', 'guest']);

/** The sources of endings, each optional: one that is missing is noted once and then left alone for a while. */
export class Sources {
  readonly #parts: SourcesParts;
  readonly #missing = new Map<string, Time>();
  readonly #noted = new Set<string>();

  constructor(parts: SourcesParts) {
    this.#parts = parts;
  }

  records(reader: Reader, devices: readonly DeviceId[]): Promise<Look<readonly AvRecord[]>> {
    return this.#look('device-record', reader, () => this.#parts.port.records(reader, devices));
  }

  events(reader: Reader, devices: readonly DeviceId[], since: Time): Promise<Look<readonly ScanEnd[]>> {
    return this.#look('hunting', reader, () => this.#parts.port.events(reader, devices, since));
  }

  /** Those that were missing when they were last asked for. */
  missingFor(reader: Reader): readonly EndingSource[] {
    return (['device-record', 'hunting'] as const).filter((source) => this.#isMissing(source, reader));
  }

  async #look<T>(source: EndingSource, reader: Reader, ask: () => Promise<Answer<T>>): Promise<Look<T>> {
    if (this.#isMissing(source, reader)) return { is: 'missing' };
    const answer = await ask();
    if (answer.ok) return { is: 'seen', value: answer.value };
    const { refusal } = answer;
    if (signInMends(refusal)) return { is: 'sign-in' };
    const at = retryTime(refusal, this.#parts.clock.now());
    if (at !== undefined) return { is: 'later', at, why: refusal.kind === 'throttled' ? 'throttled' : 'fails' };
    this.#note(source, reader, refusal);
    return { is: 'missing' };
  }

  #isMissing(source: EndingSource, reader: Reader): boolean {
    const until = Math.max(...keysFor(source, reader).map((key) => this.#missing.get(key) ?? -Infinity));
    return this.#parts.clock.now() < until;
  }

  #note(source: EndingSource, reader: Reader, refusal: Refusal): void {
    const [everybody, own] = keysFor(source, reader);
    this.#missing.set(PERSONAL.has(refusal.kind) ? own : everybody, this.#parts.clock.now() + ASK_AGAIN);
    const noted = `${source} ${refusal.kind}`;
    if (this.#noted.has(noted)) return;
    this.#noted.add(noted);
    this.#parts.note(source, refusal);
  }
}

function keysFor(source: EndingSource, reader: Reader): readonly [everybody: string, own: string] {
  return [source, `${source} ${reader.as === 'person' ? reader.person.id : 'application'}`];
}
