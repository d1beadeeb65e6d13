import type { BusyDevice, LeftOut, Plan, PlannedScan, RefusedDevice } from '../../batch/plan.ts';
import { minutesFor } from '../../batch/plan.ts';
import type { Batch } from '../../batch/batch.ts';
import type { Decision, Demanded } from '../../decision.ts';
import { mostDevicesIn } from '../../decision.ts';
import { joined } from '../../demand.ts';
import type { PeopleDemand } from '../../demand.ts';
import type { Device, ScanType } from '../../device.ts';
import type { DefenderScan } from '../../defender-scan.ts';
import { resultOf } from '../../defender-scan.ts';
import { startsWhen } from '../../preflight.ts';
import { DAY } from '../../time.ts';
import type { BatchParts } from './batch-parts.ts';

/** A sleeping device's scan waits for three days. */
const MAY_RUN = 3 * DAY;

/** What the plan rests on. */
export interface Judged {
  readonly plan: Plan;
  /** What the strictest of them asks for: everything that any asks for. */
  readonly demands: readonly PeopleDemand[];
}

export interface ToPlan {
  readonly scans: readonly PlannedScan[];
  /** What was left out before the rules were asked. */
  readonly leftOut: LeftOut;
  readonly type: ScanType | undefined;
}

/** Every device by itself: what runs there already and what the rules refuse is left out, the rest is one decision. */
export async function makePlan(batch: Batch, { scans, leftOut, type }: ToPlan, parts: BatchParts): Promise<Judged> {
  const now = parts.clock.now();
  const thread = await parts.store.thread(batch.thread);
  if (thread === undefined) throw new Error(`Batch ${batch.id} has no thread.`);
  const busy = await busyDevices(batch, scans, parts);
  const free = scans.filter(({ device }) => !busy.has(device.id));
  const question = { requester: batch.requester, type, thread, now };
  const decisions = await parts.ruleBook.decideAll(
    question,
    free.map(({ device }) => device),
  );
  const refused = free.flatMap(({ device }, index) => refusedDevice(device, decisions[index]));
  const allowed = free.filter((_, index) => decisions[index]?.kind === 'approvals');
  const demanded = decisions.filter((decision) => decision.kind === 'approvals');
  const demands = demanded.reduce<readonly PeopleDemand[]>((all, one) => joined(all, one.demands), []);
  const most = mostDevicesIn(demanded);
  const asks = type === undefined ? 'depends' : 'approval';
  const plan: Plan = {
    scans: allowed,
    asleep: allowed.filter(({ device }) => startsWhen(device, now) === 'when-it-wakes').map(({ device }) => device.id),
    leftOut: {
      ...leftOut,
      busy: [...leftOut.busy, ...busy.values()],
      refused: [...leftOut.refused, ...refused],
    },
    minutes: minutesFor(allowed.length, anHour(demanded)),
    ...(most !== undefined && most < allowed.length && { most }),
    ...(demands.length > 0 && { asks }),
  };
  return { plan, demands };
}

function refusedDevice(device: Device, decision: Decision | undefined): readonly RefusedDevice[] {
  return decision?.kind === 'refuse' ? [{ device, noScan: decision.reason }] : [];
}

/** As many scans as one person may start in an hour. */
function anHour(demanded: readonly Demanded[]): number {
  const limits = demanded.flatMap(({ room = [] }) => room).filter(({ of }) => 'person' in of);
  return Math.max(1, Math.min(Infinity, ...limits.map(({ most }) => most)));
}

/** Our own requests, and whatever else Defender shows to this person: a fact, no condition. */
async function busyDevices(
  { requester }: Batch,
  scans: readonly PlannedScan[],
  { store, defender, clock }: BatchParts,
): Promise<ReadonlyMap<string, BusyDevice>> {
  const reader = { as: 'person', person: requester } as const;
  const running = await defender.scansSince(reader, clock.now() - MAY_RUN);
  const open = new Map(running.ok ? running.value.filter(isOpen).map((scan) => [scan.device as string, scan]) : []);
  const busy = new Map<string, BusyDevice>();
  for (const { device } of scans) {
    const holder = await store.holder(device.id);
    const who = holder?.requester.name ?? open.get(device.id)?.requester;
    if (who !== undefined) busy.set(device.id, { device, who });
  }
  return busy;
}

function isOpen(scan: DefenderScan): boolean {
  return resultOf(scan.status) === undefined;
}
