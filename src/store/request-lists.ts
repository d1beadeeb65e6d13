import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { DeviceId, PersonId } from '../scan/ids.ts';
import type { FollowerId } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { readRequest } from './document.ts';
import type { Tables } from './tables.ts';

type Documents = SelectQueryBuilder<Tables, 'request', { doc: string }>;

function newestRequests(db: Kysely<Tables>): Documents {
  return db.selectFrom('request').select('doc').orderBy('asked_at', 'desc').orderBy('id', 'desc');
}

export function newestOf(db: Kysely<Tables>, person: PersonId, most: number): Promise<readonly ScanRequest[]> {
  return read(newestRequests(db).where('person', '=', person).limit(Math.max(0, most)));
}

export function scheduledBy(db: Kysely<Tables>, person: PersonId): Promise<readonly ScanRequest[]> {
  return read(newestRequests(db).where('person', '=', person).where('stage', '=', 'scheduled'));
}

export function followedBy(db: Kysely<Tables>, who: FollowerId): Promise<readonly ScanRequest[]> {
  const all = db.selectFrom('request').select('doc').where('stage', '=', 'following');
  return read(who === 'application' ? all : all.where('person', '=', who));
}

export function openFor(db: Kysely<Tables>, device: DeviceId): Promise<readonly ScanRequest[]> {
  return read(newestRequests(db).where('device', '=', device).where('is_over', '=', 0));
}

async function read(documents: Documents): Promise<readonly ScanRequest[]> {
  const rows = await documents.execute();
  return rows.map((row) => readRequest(row.doc));
}
