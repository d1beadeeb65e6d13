import type { Time } from '../../scan/ids.ts';

/** Where the store is that a command is about. */
export interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

export interface Told {
  /** What the operator reads, line by line. */
  readonly lines: readonly string[];
  /** Something is not as it should be. */
  readonly found?: boolean;
}

export interface CommandParts {
  readonly place: Place;
  readonly now: Time;
}

/** Nothing was done, and the message says why and what helps. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** Only the embedded store is a file. */
export function embeddedOnly({ databaseUrl }: Place, instead: string): void {
  if (databaseUrl !== undefined)
    throw new CommandRefused(`DATABASE_URL is set, so the store is in PostgreSQL. ${instead}`);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
