import type { Kysely } from 'kysely';
import type { ScanType } from '../scan/device.ts';
import type { EndingStore } from '../scan/ending-store.ts';
import type { ScanTime } from '../scan/estimate.ts';
import type { DeviceId, RequestId, Time } from '../scan/ids.ts';
import type { FollowerId } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { readRequest } from './document.ts';
import type { Tables } from './tables.ts';

/** The requests whose `confirm_at` is set are those whose end is looked for. */
export class SqlEndings implements EndingStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async due(who: FollowerId, now: Time, limit: number): Promise<readonly ScanRequest[]> {
    const due = this.#db.selectFrom('request').select('doc').where('confirm_at', '<=', now);
    const ordered = due.orderBy('confirm_at').orderBy('id').limit(limit);
    const rows = await (who === 'application' ? ordered : ordered.where('person', '=', who)).execute();
    return rows.map(({ doc }) => readRequest(doc));
  }

  async next(who: FollowerId): Promise<Time | undefined> {
    const open = this.#db.selectFrom('request').where('confirm_at', 'is not', null);
    const mine = who === 'application' ? open : open.where('person', '=', who);
    const row = await mine.select('confirm_at').orderBy('confirm_at').limit(1).executeTakeFirst();
    return row?.confirm_at ?? undefined;
  }

  async readers(): Promise<readonly FollowerId[]> {
    const open = this.#db.selectFrom('request').where('confirm_at', 'is not', null);
    const rows = await open.select('person').distinct().execute();
    return rows.map(({ person }) => person as FollowerId);
  }

  async count(): Promise<number> {
    const open = this.#db.selectFrom('request').where('confirm_at', 'is not', null);
    const row = await open.select((eb) => eb.fn.countAll<number | string>().as('open')).executeTakeFirstOrThrow();
    return Number(row.open);
  }

  /** What was confirmed meanwhile stays confirmed. */
  async later(requests: readonly RequestId[], at: Time): Promise<void> {
    if (requests.length === 0) return;
    const rows = this.#db.updateTable('request').where('id', 'in', [...requests]);
    await rows.where('confirm_at', 'is not', null).set({ confirm_at: at }).execute();
  }

  async openFor(device: DeviceId): Promise<readonly ScanRequest[]> {
    const about = this.#db.selectFrom('request').where('device', '=', device).where('is_over', '=', 1);
    const open = about.where('confirm_at', 'is not', null).orderBy('asked_at', 'desc');
    const rows = await open.select('doc').execute();
    return rows.map(({ doc }) => readRequest(doc));
  }

  timesOfDevice(device: DeviceId, type: ScanType, limit: number): Promise<readonly Time[]> {
    return this.#times('device', device, { type, limit });
  }

  timesOfSystem(os: string, type: ScanType, limit: number): Promise<readonly Time[]> {
    return this.#times('os', os, { type, limit });
  }

  async #times(
    column: 'device' | 'os',
    value: string,
    { type, limit }: { readonly type: ScanType; readonly limit: number },
  ): Promise<readonly Time[]> {
    const rows = this.#db.selectFrom('scan_time').where(column, '=', value).where('type', '=', type);
    const latest = await rows.select('took').orderBy('at', 'desc').limit(limit).execute();
    return latest.map(({ took }) => took);
  }
}

export async function keepTime(tx: Kysely<Tables>, time: ScanTime): Promise<void> {
  const insert = tx.insertInto('scan_time').values(time);
  await insert.onConflict((it) => it.column('request').doNothing()).execute();
}
