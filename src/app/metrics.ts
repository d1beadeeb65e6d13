import { collectDefaultMetrics, Registry } from 'prom-client';
import type { WorkKind } from '../scan/work-kind.ts';
import type { Stage } from '../scan/stage.ts';
import { counters, gauges, histograms } from './watching/measures.ts';
import type { Service } from './watching/words.ts';

/** What the store and the budget hold at this moment. */
export interface Levels {
  readonly queues: readonly {
    readonly kind: WorkKind;
    readonly due: number;
    readonly later: number;
    readonly dead: number;
  }[];
  readonly open: Readonly<Record<string, number>>;
  readonly auditWaiting: number;
  readonly budget: readonly { readonly api: string; readonly window: 'minute' | 'hour'; readonly left: number }[];
}

/** What the outside can read of the bot's work. Labels come from closed lists, never from people or devices. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = counters(this.#registry);
  readonly #histograms = histograms(this.#registry);
  readonly #gauges = gauges(this.#registry);
  #levels: (() => Promise<Levels | 'away'>) | undefined;
  #takesTurns = false;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Where the levels come from, each time that somebody reads. */
  measures(levels: () => Promise<Levels | 'away'>): void {
    this.#levels = levels;
  }

  turn(kind: string): void {
    this.#counters.turns.inc({ kind });
  }

  turnTook(kind: string, seconds: number): void {
    this.#histograms.turn.observe({ kind }, seconds);
  }

  worked(kind: WorkKind, outcome: string, seconds: number): void {
    this.#histograms.work.observe({ kind, outcome }, seconds);
  }

  called(service: Service, outcome: string, seconds: number): void {
    this.#histograms.call.observe({ service, outcome }, seconds);
  }

  delivered(seconds: number): void {
    this.#histograms.notice.observe(seconds);
  }

  refused(why: string): void {
    this.#counters.refused.inc({ why });
  }

  fault(where: string): void {
    this.#counters.faults.inc({ where });
  }

  policyReload(outcome: 'taken' | 'failed'): void {
    this.#counters.policyReloads.inc({ outcome });
  }

  signInFailed(why: string): void {
    this.#counters.signInFailures.inc({ why });
  }

  /** A request was asked for, was sent, or is over. */
  stage(name: 'asked' | 'sent'): void {
    this.#counters.requests.inc({ step: name });
  }

  ended(stage: Extract<Stage, { name: 'settled' | 'closed' }>): void {
    this.#counters.ended.inc({ how: stage.name === 'settled' ? stage.scan.status : stage.why });
  }

  ready(is: boolean): void {
    this.#takesTurns = is;
  }

  async text(): Promise<string> {
    const levels = await this.#levels?.();
    this.#gauges.ready.set(this.#takesTurns && levels !== 'away' ? 1 : 0);
    if (levels !== undefined && levels !== 'away') this.#show(levels);
    return this.#registry.metrics();
  }

  #show({ queues, open, auditWaiting, budget }: Levels): void {
    for (const { kind, ...counts } of queues) {
      for (const [state, count] of Object.entries(counts)) this.#gauges.queue.set({ kind, state }, count);
    }
    for (const [stage, count] of Object.entries(open)) this.#gauges.open.set({ stage }, count);
    for (const { api, window, left } of budget) this.#gauges.budget.set({ api, window }, left);
    this.#gauges.auditWaiting.set(auditWaiting);
  }
}
