import type { PolicyFault } from './file/fault.ts';
import { readPolicyFile } from './policy-file.ts';
import type { Policy } from './policy.ts';

/** Rules where nobody wrote any: `APPROVAL` decides, and nobody is an operator. */
export const NO_POLICY: Policy = { operators: [], limits: {}, rules: [] };

/** A policy, and the file that it was read from. */
export interface PolicySource {
  readonly file: string;
  readonly policy: Policy;
}

/** What the operator hears of a reload. */
export interface ReloadWatch {
  readonly reloaded: (rules: number, warnings: readonly PolicyFault[]) => void;
  readonly failed: (faults: readonly PolicyFault[]) => void;
}

/** The policy as it is now: whoever decides asks for it anew each time. */
export class PolicyInForce {
  readonly #file: string | undefined;
  readonly #watch: ReloadWatch;
  #policy: Policy;

  constructor(source: PolicySource | undefined, watch: ReloadWatch) {
    this.#file = source?.file;
    this.#policy = source?.policy ?? NO_POLICY;
    this.#watch = watch;
  }

  readonly current = (): Policy => this.#policy;

  /** Reads the file again. One with a fault changes nothing. */
  reload(): void {
    if (this.#file === undefined) return;
    const reading = readPolicyFile(this.#file);
    if (!reading.ok) {
      this.#watch.failed(reading.faults);
      return;
    }
    this.#policy = reading.policy;
    this.#watch.reloaded(reading.policy.rules.length, reading.warnings);
  }
}
