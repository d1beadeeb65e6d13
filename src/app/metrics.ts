import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** What the outside can read of the bot's work. Labels come from closed lists, never from people or devices. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #turns = new Counter({
    name: 'scanbot_turns_total',
    help: 'Activities taken, by what they were',
    labelNames: ['kind'],
    registers: [this.#registry],
  });
  readonly #refused = new Counter({
    name: 'scanbot_refused_total',
    help: 'Activities turned away at the door, by reason',
    labelNames: ['why'],
    registers: [this.#registry],
  });
  readonly #faults = new Counter({
    name: 'scanbot_faults_total',
    help: 'Unexpected faults, each logged once with a reference',
    labelNames: ['where'],
    registers: [this.#registry],
  });
  readonly #policyReloads = new Counter({
    name: 'scanbot_policy_reloads_total',
    help: 'Times that the policy file was read again, by what came of it; a failed one keeps the policy in force',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #ready = new Gauge({
    name: 'scanbot_ready',
    help: '1 while turns are taken and the store answers',
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const outcome of ['taken', 'failed']) this.#policyReloads.inc({ outcome }, 0);
  }

  turn(kind: string): void {
    this.#turns.inc({ kind });
  }

  refused(why: string): void {
    this.#refused.inc({ why });
  }

  fault(where: string): void {
    this.#faults.inc({ where });
  }

  policyReload(outcome: 'taken' | 'failed'): void {
    this.#policyReloads.inc({ outcome });
  }

  ready(is: boolean): void {
    this.#ready.set(is ? 1 : 0);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
