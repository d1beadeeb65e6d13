import type { DefenderScan } from '../defender-scan.ts';
import { resultOf } from '../defender-scan.ts';
import type { Device } from '../device.ts';
import { unconfirmedEnding } from '../ending-of.ts';
import type { Time } from '../ids.ts';
import type { Errand } from '../errand.ts';
import { cardMessage, isIn } from '../moves.ts';
import type { Write } from '../ports.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { Following } from '../stage.ts';
import { scanOf } from '../scan-request.ts';
import { DAY } from '../time.ts';
import type { ErrandResult } from './cancel.ts';
import { estimateFor } from './follow-scan.ts';
import { oneDevice } from './one-device.ts';
import type { WorkParts } from './parts.ts';
import { followerOf } from './parts.ts';

const LOOK_BACK = 100;
/** A scan that the device took this long ago may still run. */
const MAY_RUN = DAY;

/** Follows the scan that is under way on a device, whoever started it, and tells the watcher how it ends. */
export async function watchScan(errand: Errand, typed: string, parts: WorkParts): Promise<ErrandResult> {
  const found = await oneDevice(errand, typed, parts);
  if (!('device' in found)) return found;
  const { device } = found;
  const scans = await parts.defender.scansOfDevice({ as: 'person', person: errand.person }, device.id);
  if (!scans.ok) return { refusal: scans.refusal };
  const name = device.name === '' ? device.id : device.name;
  const scan = underWay(scans.value, parts.clock.now());
  if (scan === undefined) return { said: { say: 'nothing-to-watch', device: name } };
  if (await isFollowed(errand, scan, parts)) return { said: { say: 'watching-already', device: name } };
  await parts.store.commit(await watching(errand, { device, scan }, parts));
  return { done: true };
}

/** One that Defender calls open; else the last one that a device took, whose end nobody has told. */
function underWay(scans: readonly DefenderScan[], now: Time): DefenderScan | undefined {
  const open = scans.find(({ status }) => resultOf(status) === undefined);
  return open ?? scans.find(({ status, updatedAt }) => status === 'Succeeded' && now - updatedAt < MAY_RUN);
}

async function isFollowed({ person, id }: Errand, scan: DefenderScan, parts: WorkParts): Promise<boolean> {
  const own = await parts.store.requestsOf(person.id, LOOK_BACK);
  return own.some((request) => request.id !== id && scanOf(request)?.id === scan.id && goesOn(request));
}

function goesOn(request: ScanRequest): boolean {
  return isIn(request, 'following') || unconfirmedEnding(request) !== undefined;
}

/** The command becomes the request: carried out twice, it is one. */
async function watching(
  { id, person, thread }: Errand,
  { device, scan }: { readonly device: Device; readonly scan: DefenderScan },
  parts: WorkParts,
): Promise<Write> {
  const now = parts.clock.now();
  const type = scan.type ?? 'Quick';
  const estimate = await estimateFor(device, type, parts);
  const content = { type, comment: scan.comment };
  const seen = { device, content, scan, adopted: true, since: now, waited: scan.status === 'Pending' };
  const stage: Following = { name: 'following', ...seen, ...(estimate && { estimate }) };
  const wanted = { device: device.name, type: undefined, comment: undefined };
  const after: ScanRequest = { id, rev: 1, requester: person, thread, askedAt: now, wanted, stage };
  const event = { request: id, at: now, who: person.id, what: 'watches', facts: { action: scan.id } };
  return {
    move: { before: undefined, after },
    events: [event],
    messages: [cardMessage({ ...after, rev: 0 })],
    follow: { who: followerOf(person, parts.settings), at: now },
  };
}
