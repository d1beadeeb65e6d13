import type { WireLine } from '../page/wire.ts';

const KEPT = 400;

/** A line before it has its number. */
export type Unnumbered = Omit<WireLine, 'n'>;

/** Every call on every wire, numbered in the order in which it was answered. */
export class WireBook {
  #lines: readonly WireLine[] = [];
  #last = 0;

  add(line: Unnumbered): WireLine {
    this.#last += 1;
    const numbered = { n: this.#last, ...line };
    this.#lines = [...this.#lines, numbered].slice(-KEPT);
    return numbered;
  }

  after(n: number): readonly WireLine[] {
    return this.#lines.filter((line) => line.n > n);
  }

  clear(): void {
    this.#lines = [];
  }
}
