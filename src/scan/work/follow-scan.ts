import type { DefenderScan } from '../defender-scan.ts';
import type { Device, ScanType } from '../device.ts';
import type { Estimate } from '../estimate.ts';
import { estimateFrom, LATEST_OF_DEVICE, LATEST_OF_OS } from '../estimate.ts';
import type { Outcome } from '../outcome.ts';
import { MOVED } from '../outcome.ts';
import { follow, holds, isOurs } from '../following.ts';
import type { In } from '../moves.ts';
import type { WorkParts } from './parts.ts';
import { followerOf, noteWord } from './parts.ts';

/** How far back the scans of a device are known. */
const LOOK_BACK = 100;

/** From now on this request follows the scan: its own, or the one that ran there already. */
export async function followScan(request: In<'submitting'>, scan: DefenderScan, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const adopted = !(await isOwn(request, scan, parts));
  const lookAt = now + parts.settings.pollEvery;
  const follower = followerOf(request.requester, parts.settings);
  const estimate = await estimateFor(request.stage.device, scan.type ?? request.stage.content.type, parts);
  const won = await parts.store.commit(follow(request, scan, { now, lookAt, follower, adopted, estimate }));
  if (won) noteWord(request, scan, parts.settings);
  return MOVED;
}

/** Ours by all that it says, and not what another request started already. */
export async function isOwn(request: In<'submitting'>, scan: DefenderScan, parts: WorkParts): Promise<boolean> {
  if (!isOurs(scan, request.stage)) return false;
  const others = await parts.store.reports.about(request.stage.device.id, LOOK_BACK);
  return !others.some((other) => other.id !== request.id && holds(other, scan));
}

/** What the store knows of scans like this one. */
export async function estimateFor(device: Device, type: ScanType, parts: WorkParts): Promise<Estimate | undefined> {
  const { endings } = parts.store;
  const ofDevice = await endings.timesOfDevice(device.id, type, LATEST_OF_DEVICE);
  return estimateFrom(ofDevice, ofDevice.length > 0 ? [] : await endings.timesOfSystem(device.os, type, LATEST_OF_OS));
}
