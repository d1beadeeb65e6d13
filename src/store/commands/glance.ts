import type { Kysely } from 'kysely';
import type { Person } from '../../scan/person.ts';
import { readRequest } from '../document.ts';
import type { Tables } from '../tables.ts';
import { WORK_KINDS } from '../../scan/work-kind.ts';
import type { Place } from './command.ts';
import { withPlace } from './open-place.ts';

export interface Glance {
  /** Requests that are not over. */
  readonly open: number;
  readonly dead: number;
  /** Who asked last, newest first, each once: one of them may be signed in. */
  readonly people: readonly Person[];
}

const LATEST = 20;

/** A look from outside, beside a bot that may be running. */
export function glance(place: Place): Promise<Glance> {
  return withPlace(place, async ({ db }) => {
    const latest = await db.selectFrom('request').select('doc').orderBy('asked_at', 'desc').limit(LATEST).execute();
    const people = new Map(latest.map(({ doc }) => [readRequest(doc).requester.id, readRequest(doc).requester]));
    return { open: await openRequests(db), dead: await buried(db), people: [...people.values()] };
  });
}

async function openRequests(db: Kysely<Tables>): Promise<number> {
  const rows = db.selectFrom('request').where('is_over', '=', 0);
  const { count } = await rows.select((e) => e.fn.countAll().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

async function buried(db: Kysely<Tables>): Promise<number> {
  let sum = 0;
  for (const kind of WORK_KINDS) {
    const rows = db.selectFrom(kind).where('dead_at', 'is not', null);
    const { count } = await rows.select((e) => e.fn.countAll().as('count')).executeTakeFirstOrThrow();
    sum += Number(count);
  }
  return sum;
}
