import type { Kysely } from 'kysely';
import type { DeviceId, Time } from '../scan/ids.ts';
import type { Write } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { deviceOf } from '../scan/scan-request.ts';
import { readRequest } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { wakeQueued } from './wake.ts';

type Move = NonNullable<Write['move']>;

interface Turn {
  readonly dialect: SqlDialect;
  readonly now: Time;
}

/**
 * One request has a device for itself, from its decision to the end of its scan. Who is decided meanwhile finds it
 * taken and waits; nobody sends a scan without having it. False when it is another one's.
 */
export async function turnOver(tx: Kysely<Tables>, { before, after }: Move, turn: Turn): Promise<boolean> {
  const device = deviceOf(after)?.id;
  if (device === undefined) return true;
  const was = before && deviceOf(before)?.id;
  if (was !== undefined && was !== device) await setFree(tx, was, after, turn.now);
  const isNew = before?.stage.name !== after.stage.name;
  const hasWaited = before?.stage.name === 'queued';
  switch (after.stage.name) {
    case 'approved':
      await take(tx, device, after);
      break;
    case 'submitting':
      return (isNew ? await take(tx, device, after) : true) || before === undefined;
    case 'queued':
      await dueIfFree(tx, device, after, turn);
      return true;
    case 'settled':
    case 'closed':
      await setFree(tx, device, after, turn.now);
      return true;
    case 'following':
      if (before === undefined && !after.stage.adopted) await take(tx, device, after);
      if (isNew) await wakeQueued(tx, device, turn.now);
      return true;
    case 'asked':
    case 'choosing':
    case 'proposed':
    case 'awaiting':
    case 'scheduled':
      if (before?.stage.name === 'approved') await setFree(tx, device, after, turn.now);
      return true;
  }
  // The next in the queue sees whom it waits for now.
  if (hasWaited) await wakeQueued(tx, device, turn.now);
  return true;
}

/** The request that has the device. */
export async function holderIn(db: Kysely<Tables>, device: DeviceId): Promise<ScanRequest | undefined> {
  const locks = db.selectFrom('device_lock').innerJoin('request', 'request.id', 'device_lock.request');
  const row = await locks.select('request.doc').where('device_lock.device', '=', device).executeTakeFirst();
  return row && readRequest(row.doc);
}

async function take(tx: Kysely<Tables>, device: DeviceId, { id }: ScanRequest): Promise<boolean> {
  const insert = tx.insertInto('device_lock').values({ device, request: id });
  const rows = await insert
    .onConflict((it) => it.column('device').doUpdateSet({ device }).where('device_lock.request', '=', id))
    .returning('device')
    .execute();
  return rows.length > 0;
}

async function setFree(tx: Kysely<Tables>, device: DeviceId, { id }: ScanRequest, now: Time): Promise<void> {
  await tx.deleteFrom('device_lock').where('request', '=', id).execute();
  await wakeQueued(tx, device, now);
}

/** Perhaps it was set free a moment ago: whoever did so has not seen this one wait. */
async function dueIfFree(tx: Kysely<Tables>, device: DeviceId, { id }: ScanRequest, turn: Turn): Promise<void> {
  const lock = await tx
    .selectFrom('device_lock')
    .select('device')
    .where('device', '=', device)
    .$if(turn.dialect.skipsLockedRows, (query) => query.forShare())
    .executeTakeFirst();
  if (lock !== undefined) return;
  await tx.updateTable('request').set({ due_at: turn.now }).where('id', '=', id).execute();
}
