/** Chance that can be had again: the same seed gives the same numbers. */
export class Random {
  readonly #seed: string;
  #state: number;

  constructor(seed: string) {
    this.#seed = seed;
    this.#state = hashed(seed);
  }

  /** A source of its own, so that what one part draws changes nothing for another. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  pick<T>(things: readonly [T, ...T[]]): T {
    return things[Math.floor(this.next() * things.length)] ?? things[0];
  }

  /** Time until the next of something that comes by itself, every `mean` on average. */
  wait(mean: number): number {
    return mean === Infinity ? Infinity : -Math.log(1 - this.next()) * mean;
  }

  /** One of the names, by their weights; undefined for the rest up to 1. */
  among<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name | undefined {
    let left = this.next();
    for (const name of Object.keys(weights) as Name[]) {
      left -= weights[name] ?? 0;
      if (left < 0) return name;
    }
    return undefined;
  }
}

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
