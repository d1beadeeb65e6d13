import type { Kysely } from 'kysely';
import type { ChainRow, Head } from '../../audit/chain.ts';
import type { Plain } from '../../audit/seal.ts';
import type { Time } from '../../scan/ids.ts';
import type { Place } from '../commands/command.ts';
import { withPlace } from '../commands/open-place.ts';
import type { Tables } from '../tables.ts';

/** A record with what of its personal fields is still there. */
export interface BookEntry {
  readonly row: ChainRow;
  readonly beside: ReadonlyMap<string, Plain>;
}

/** The audit as of one moment, to be read. */
export interface Book {
  /** In the order of the chain; `from` and `until` (which is not in it) are times. */
  entries(range?: { readonly from?: Time | undefined; readonly until?: Time | undefined }): AsyncIterable<BookEntry>;
  /** The heads that were posted. */
  anchors(): Promise<readonly Head[]>;
  /** Commits whose records have no place in the chain yet. */
  waiting(): Promise<{ readonly count: number; readonly since: Time | undefined }>;
}

const AT_ONCE = 500;
/** Whatever in a record looks like one: to look for one too many costs less than to read the record twice. */
const SEAL = /(?<=":")[0-9a-f]{64}(?=")/g;

/** Beside a bot that may be running: what it writes meanwhile is not in the book. */
export function readBook<T>(place: Place, read: (book: Book) => Promise<T>): Promise<T> {
  return withPlace(place, ({ db }) => {
    const moment = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    return moment.execute((tx) => read(bookIn(tx)));
  });
}

function bookIn(tx: Kysely<Tables>): Book {
  return {
    entries: (range = {}) => entries(tx, range),
    anchors: () => tx.selectFrom('audit_anchor').select(['n', 'hash']).orderBy('n').execute(),
    async waiting() {
      const { fn } = tx;
      const counted = tx
        .selectFrom('audit_waiting')
        .select([fn.countAll<number>().as('count'), fn.min('since').as('since')]);
      const { count, since } = await counted.executeTakeFirstOrThrow();
      return { count, since: count === 0 ? undefined : since };
    },
  };
}

async function* entries(
  tx: Kysely<Tables>,
  { from, until }: { readonly from?: Time | undefined; readonly until?: Time | undefined },
): AsyncIterable<BookEntry> {
  for (let after: number | undefined = -1; after !== undefined;) {
    const rows: readonly ChainRow[] = await tx
      .selectFrom('audit')
      .selectAll()
      .where('n', '>', after)
      .$if(from !== undefined, (query) => query.where('at', '>=', from ?? 0))
      .$if(until !== undefined, (query) => query.where('at', '<', until ?? 0))
      .orderBy('n')
      .limit(AT_ONCE)
      .execute();
    const beside = await besideOf(tx, rows);
    for (const row of rows) yield { row, beside };
    after = rows.at(-1)?.n;
  }
}

async function besideOf(tx: Kysely<Tables>, rows: readonly ChainRow[]): Promise<ReadonlyMap<string, Plain>> {
  const seals = rows.flatMap(({ body }) => body.match(SEAL) ?? []);
  if (seals.length === 0) return new Map();
  const found = tx.selectFrom('audit_sealed').select(['seal', 'salt', 'text']).where('seal', 'in', seals);
  const kept = await found.execute();
  return new Map(kept.map(({ seal, salt, text }) => [seal, { seal, salt, text: plainText(text) }]));
}

/** What cannot be read was not written by us: as it is, its seal does not fit. */
function plainText(json: string): string {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text : json;
  } catch {
    return json;
  }
}
