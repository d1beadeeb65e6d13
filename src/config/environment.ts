import type { Variable } from './variables.ts';

/** One thing that is wrong. Never holds a value: whatever was set by mistake could be a secret. */
export interface Fault {
  readonly variable: string;
  readonly fault: string;
  readonly remedy: string;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads variable by variable and remembers everything that is wrong, so that all of it can be told at once. */
export class Environment {
  readonly #values: Readonly<Record<string, string | undefined>>;
  readonly #faults: Fault[] = [];

  constructor(values: Readonly<Record<string, string | undefined>>) {
    this.#values = values;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  fault(variable: Variable, fault: string, remedy: string): void {
    this.#faults.push({ variable, fault, remedy });
  }

  /** The value as it stands; an empty one counts as not set. */
  raw(variable: Variable): string | undefined {
    const value = this.#values[variable];
    return value === '' ? undefined : value;
  }

  text(variable: Variable): string | undefined {
    const value = this.#values[variable]?.trim();
    return value === '' ? undefined : value;
  }

  isSet(variable: Variable): boolean {
    return this.text(variable) !== undefined;
  }

  /** One of the words; the first is the default. */
  word<Word extends string>(variable: Variable, words: readonly [Word, ...Word[]]): Word {
    return this.optionalWord(variable, words) ?? words[0];
  }

  optionalWord<Word extends string>(variable: Variable, words: readonly Word[]): Word | undefined {
    const text = this.text(variable);
    if (text === undefined) return undefined;
    const word = words.find((known) => known === text);
    if (word === undefined) this.fault(variable, 'is a word that is not known', `Use one of: ${words.join(', ')}.`);
    return word;
  }

  whole(variable: Variable, least: number, most: number): number | undefined {
    const text = this.text(variable);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d{1,9}$/.test(text) && number >= least && number <= most) return number;
    this.fault(variable, 'is not a whole number within its bounds', `Set a whole number from ${least} to ${most}.`);
    return undefined;
  }

  /** A GUID in lower case; required. */
  guid(variable: Variable, whatItIs: string): string {
    const text = this.text(variable);
    if (text !== undefined && GUID.test(text)) return text.toLowerCase();
    this.fault(variable, text === undefined ? 'is not set' : 'is not a GUID', `Set it to ${whatItIs}.`);
    return '';
  }

  /** Comma-separated. Set but without a single entry is a fault: it must never come to mean everything. */
  list(variable: Variable, entries: string): readonly string[] | undefined {
    const text = this.text(variable);
    if (text === undefined) return undefined;
    const list = text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    if (list.length === 0) this.fault(variable, 'has no entry', `List ${entries}, separated by commas, or remove it.`);
    return [...new Set(list)];
  }
}
