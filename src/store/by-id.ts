import type { Kysely } from 'kysely';
import type { Search } from '../scan/findings.ts';
import type { RequestId, ThreadId } from '../scan/ids.ts';
import type { Errand } from '../scan/errand.ts';
import type { Thread } from '../scan/person.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { readErrand, readRequest, readSearch, readThread } from './document.ts';
import type { Tables } from './tables.ts';

export async function requestIn(db: Kysely<Tables>, id: RequestId): Promise<ScanRequest | undefined> {
  const row = await db.selectFrom('request').select('doc').where('id', '=', id).executeTakeFirst();
  return row && readRequest(row.doc);
}

export async function threadIn(db: Kysely<Tables>, id: ThreadId): Promise<Thread | undefined> {
  const row = await db.selectFrom('thread').select('doc').where('id', '=', id).executeTakeFirst();
  return row && readThread(row.doc);
}

export async function errandIn(db: Kysely<Tables>, id: string): Promise<Errand | undefined> {
  const row = await db.selectFrom('errand').select('doc').where('id', '=', id).executeTakeFirst();
  return row && readErrand(row.doc);
}

export async function searchIn(db: Kysely<Tables>, id: string): Promise<Search | undefined> {
  const row = await db.selectFrom('search').select('doc').where('id', '=', id).executeTakeFirst();
  return row && readSearch(row.doc);
}
