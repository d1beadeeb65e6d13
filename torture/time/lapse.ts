import type { Clock } from '../../src/scan/ports.ts';

/** What the bots are told of it, by their environment. */
export const PACE = 'TORTURE_PACE';
export const SINCE = 'TORTURE_SINCE';

/**
 * Time that runs `pace` times faster than on the wall, for the bots and for everything around them alike: limits,
 * leases and timeouts keep their proportions, and hours pass in minutes. From `since` on, which both agree on.
 */
export class TimeLapse implements Clock {
  readonly pace: number;
  readonly #since: number;

  constructor(pace: number, since = Date.now()) {
    this.pace = pace;
    this.#since = since;
  }

  now(): number {
    return Math.floor(this.#since + (Date.now() - this.#since) * this.pace);
  }

  after(ms: number, call: () => void): () => void {
    const timer = setTimeout(call, ms / this.pace);
    return () => {
      clearTimeout(timer);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void setTimeout(resolve, ms / this.pace));
  }

  get env(): Readonly<Record<string, string>> {
    return { [PACE]: String(this.pace), [SINCE]: String(this.#since) };
  }
}
