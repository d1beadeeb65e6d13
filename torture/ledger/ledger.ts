import type { Act, Blow, Call, Entry, Said, Scan } from './entry.ts';

/** One person wants one scan, in a thread of its own. The mark stands in the comment and ties everything together. */
export interface Ask {
  readonly mark: string;
  readonly person: { readonly handle: string; readonly oid: string; readonly upn: string };
  readonly device: string;
  readonly deviceName: string;
  /** Set with the first words said there. */
  thread: string | undefined;
  /** The bot has answered that it took the words. */
  heard: boolean;
}

/** Everything that happened around the bots, in the order in which it was seen. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly asks: Ask[] = [];

  add<E extends Entry>(entry: E): E {
    this.entries.push(entry);
    return entry;
  }

  get calls(): readonly Call[] {
    return this.entries.filter((entry) => entry.what === 'call');
  }

  get scans(): readonly Scan[] {
    return this.entries.filter((entry) => entry.what === 'scan');
  }

  get said(): readonly Said[] {
    return this.entries.filter((entry) => entry.what === 'said');
  }

  get acts(): readonly Act[] {
    return this.entries.filter((entry) => entry.what === 'act');
  }

  get blows(): readonly Blow[] {
    return this.entries.filter((entry) => entry.what === 'blow');
  }
}

/** The mark in a comment. */
export function markIn(comment: string | undefined): string | undefined {
  return /\bT-\d{4,}\b/.exec(comment ?? '')?.[0];
}
