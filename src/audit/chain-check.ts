import { anchorText, hashAfter, readRecord, START } from './chain.ts';
import type { AuditRecord, ChainRow, Head } from './chain.ts';
import { isIntact } from './seal.ts';
import type { Plain } from './seal.ts';

export interface ChainFinding {
  /** The record that it is about. */
  readonly n: number;
  readonly what: string;
}

/** What stands beside the chain, by seal. */
export type Beside = ReadonlyMap<string, Plain>;

/** What the record of a person who was forgotten says. */
export const FORGOT = 'person forgotten';

const PLACE = 'it was changed, or it is not the record that stood in this place';

/** Goes along a chain, record by record from its first, and notes what cannot be as it is. */
export class ChainCheck {
  readonly #anchors: ReadonlyMap<number, string>;
  readonly #findings: ChainFinding[] = [];
  #head: Head = START;
  /** Personal fields that are gone, and how many the chain itself says were forgotten. */
  #gone = 0;
  #forgotten = 0;

  constructor(anchors: readonly Head[]) {
    this.#anchors = new Map(anchors.map(({ n, hash }) => [n, hash]));
    for (const anchor of anchors) {
      if (this.#anchors.get(anchor.n) !== anchor.hash) this.#note(anchor.n, 'it was anchored with two hashes');
    }
  }

  get head(): Head {
    return this.#head;
  }

  /** How many personal fields were forgotten. */
  get gone(): number {
    return this.#gone;
  }

  see(row: ChainRow, beside: Beside): void {
    const record = readRecord(row.body);
    const follows = row.n === this.#head.n + 1;
    if (!follows) this.#gap(row.n);
    if (record === undefined) this.#note(row.n, 'it cannot be read');
    // After a gap the hash before is not known: that the place is right is all that can be said.
    const isInPlace = record?.n === row.n && (!follows || hashAfter(this.#head.hash, row.body) === row.hash);
    if (record !== undefined && !isInPlace) this.#note(row.n, PLACE);
    if (record !== undefined && record.at !== row.at) this.#note(row.n, 'it is filed under another time than its own');
    if (record !== undefined) this.#seals(record, beside);
    this.#anchored(row);
    this.#head = row;
  }

  /** Everything that was found, once the last record was seen. What still waits may be forgotten already. */
  end(someWait: boolean): readonly ChainFinding[] {
    const { n: last } = this.#head;
    for (const [n, hash] of this.#anchors) {
      const what = `records are missing at the end: the chain was anchored as ${anchorText({ n, hash })}`;
      if (n > last) this.#note(last, what);
    }
    const isFewer = this.#gone < this.#forgotten && !someWait;
    if (this.#gone > this.#forgotten || isFewer) {
      const told = `${this.#gone} personal fields are gone, and the chain tells of ${this.#forgotten} that were forgotten`;
      this.#note(last, told);
    }
    return this.#findings;
  }

  #gap(n: number): void {
    const first = this.#head.n + 1;
    const missing = first === n - 1 ? `record ${first} is` : `records ${first} to ${n - 1} are`;
    this.#note(n, n > first ? `${missing} missing before it` : 'it stands twice');
  }

  #seals({ n, what, facts, sealed }: AuditRecord, beside: Beside): void {
    if (what === FORGOT) this.#forgotten += Number(facts['fields'] ?? 0);
    for (const [field, seal] of Object.entries(sealed)) {
      const plain = beside.get(seal);
      if (plain === undefined) this.#gone += 1;
      else if (!isIntact(plain, field)) this.#note(n, `its field ${field} was changed beside the chain`);
    }
  }

  #anchored({ n, hash }: ChainRow): void {
    const anchor = this.#anchors.get(n);
    if (anchor !== undefined && anchor !== hash) {
      this.#note(n, `it was anchored as ${anchorText({ n, hash: anchor })}: what stands up to here was written anew`);
    }
  }

  #note(n: number, what: string): void {
    this.#findings.push({ n, what });
  }
}
