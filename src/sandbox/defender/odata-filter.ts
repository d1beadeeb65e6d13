import type { Json } from './wire-words.ts';

/** A query that Defender would not understand. */
export class ODataFault extends Error {
  override readonly name = 'ODataFault';
}

export type FieldKind = 'text' | 'date' | 'number';
export type Fields = Readonly<Record<string, FieldKind>>;
export type Condition = (row: Json) => boolean;

type Comparison = 'eq' | 'ne' | 'ge' | 'gt' | 'le' | 'lt';
const COMPARE: Readonly<Record<Comparison, (difference: number) => boolean>> = {
  eq: (difference) => difference === 0,
  ne: (difference) => difference !== 0,
  ge: (difference) => difference >= 0,
  gt: (difference) => difference > 0,
  le: (difference) => difference <= 0,
  lt: (difference) => difference < 0,
};

export interface Dialect {
  readonly fields: Fields;
  /** Whether capitals count. */
  readonly exactCase: boolean;
}

/** The part of OData's `$filter` that Defender's documentation shows. */
export function readFilter(text: string, dialect: Dialect): Condition {
  const reader = new FilterReader(tokensOf(text), dialect);
  return reader.readAll();
}

export function fieldNamed(name: string, fields: Fields): { readonly key: string; readonly kind: FieldKind } {
  const found = Object.entries(fields).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new ODataFault(`Could not find a property named '${name}'.`);
  return { key: found[0], kind: found[1] };
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const token = /\s*('(?:[^']|'')*'|[(),]|[^\s(),']+)\s*/y;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new ODataFault('Syntax error in $filter.');
    tokens.push(found);
  }
  return tokens;
}

class FilterReader {
  readonly #tokens: readonly string[];
  readonly #dialect: Dialect;
  #at = 0;

  constructor(tokens: readonly string[], dialect: Dialect) {
    this.#tokens = tokens;
    this.#dialect = dialect;
  }

  readAll(): Condition {
    const condition = this.#either();
    if (this.#at < this.#tokens.length) throw new ODataFault('Syntax error in $filter.');
    return condition;
  }

  #either(): Condition {
    const parts = [this.#both()];
    while (this.#skip('or')) parts.push(this.#both());
    return (row) => parts.some((part) => part(row));
  }

  #both(): Condition {
    const parts = [this.#single()];
    while (this.#skip('and')) parts.push(this.#single());
    return (row) => parts.every((part) => part(row));
  }

  #single(): Condition {
    if (this.#skip('(')) {
      const inner = this.#either();
      this.#expect(')');
      return inner;
    }
    const word = this.#next();
    if (word === 'startswith') return this.#startsWith();
    const field = fieldNamed(word, this.#dialect.fields);
    const operator = this.#next();
    if (operator === 'in') return this.#oneOf(field);
    if (!isComparison(operator)) throw new ODataFault(`Unknown operator '${operator}'.`);
    const difference = this.#difference(field, this.#next());
    return (row) => COMPARE[operator](difference(row));
  }

  #startsWith(): Condition {
    this.#expect('(');
    const { key } = fieldNamed(this.#next(), this.#dialect.fields);
    this.#expect(',');
    const start = this.#spelled(textOf(this.#next()));
    this.#expect(')');
    return (row) => this.#spelled(worded(row[key])).startsWith(start);
  }

  #oneOf(field: ReturnType<typeof fieldNamed>): Condition {
    this.#expect('(');
    const differences = [this.#difference(field, this.#next())];
    while (this.#skip(',')) differences.push(this.#difference(field, this.#next()));
    this.#expect(')');
    return (row) => differences.some((difference) => difference(row) === 0);
  }

  /** Negative, zero or positive as the row is below, at or above the literal; NaN when they cannot be compared. */
  #difference({ key, kind }: ReturnType<typeof fieldNamed>, literal: string): (row: Json) => number {
    if (literal === 'null') return (row) => (row[key] === null ? 0 : NaN);
    if (kind === 'text') {
      const wanted = this.#spelled(textOf(literal));
      return (row) => (row[key] === null ? NaN : order(this.#spelled(worded(row[key])), wanted));
    }
    const wanted = kind === 'date' ? Date.parse(literal) : Number(literal);
    if (Number.isNaN(wanted)) throw new ODataFault(`'${key}' cannot be compared with ${literal}.`);
    return (row) => (kind === 'date' ? Date.parse(worded(row[key])) : Number(row[key])) - wanted;
  }

  #spelled(text: string): string {
    return this.#dialect.exactCase ? text : text.toLowerCase();
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new ODataFault('Unexpected end of $filter.');
    this.#at += 1;
    return token;
  }

  #skip(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#skip(token)) throw new ODataFault(`'${token}' expected in $filter.`);
  }
}

function isComparison(word: string): word is Comparison {
  return Object.hasOwn(COMPARE, word);
}

function textOf(literal: string): string {
  if (!literal.startsWith("'")) throw new ODataFault(`A quoted text expected instead of ${literal}.`);
  return literal.slice(1, -1).replaceAll("''", "'");
}

function worded(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
