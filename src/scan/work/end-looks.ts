import type { Ending, ScanEnd } from '../ending.ts';
import { confirmedByEvents, confirmedByRecord } from '../ending.ts';
import type { AvRecord } from '../ending-sources.ts';
import { DEVICES_PER_RECORD_CALL } from '../ending-sources.ts';
import type { Open } from '../confirming.ts';
import type { DeviceId, Time } from '../ids.ts';
import type { Clock, Reader } from '../ports.ts';
import { MINUTE, SECOND } from '../time.ts';
import type { Look, Sources } from './sources.ts';

/** What one round of looking brought. */
export interface Seen {
  readonly events: Look<readonly ScanEnd[]>;
  /** By device, for those that were asked about; `undefined` is a device without a record. */
  readonly records: ReadonlyMap<DeviceId, AvRecord | undefined>;
  /** What ended the round of record calls before its end. */
  readonly stopped: Exclude<Look<unknown>, { is: 'seen' }> | undefined;
}

/** Record calls of one claim stop after this: the lease is a minute, a call takes ten seconds at most. */
const LONGEST_ROUND = 30 * SECOND;
const SIGN_IN_RETRY = 30 * MINUTE;
/** Nobody waits for it: what fails is left alone for a while. */
const FAULT_RETRY = MINUTE;

/** Asks all sources about the devices: first the events, then the records of those that no event has shown. */
export async function lookForEnds(
  open: readonly Open[],
  reader: Reader,
  at: { sources: Sources; clock: Clock },
): Promise<Seen> {
  const windows = open.filter(isWindows);
  const since = Math.min(...windows.map(({ ending }) => ending.from));
  const events: Look<readonly ScanEnd[]> =
    windows.length === 0 ? { is: 'seen', value: [] } : await at.sources.events(reader, devicesOf(windows), since);
  const left = open.filter((one) => endingByEvents(one, events).is === 'unconfirmed');
  return { events, ...(await records(devicesOf(left), reader, at)) };
}

async function records(
  devices: readonly DeviceId[],
  reader: Reader,
  { sources, clock }: { sources: Sources; clock: Clock },
): Promise<Pick<Seen, 'records' | 'stopped'>> {
  const records = new Map<DeviceId, AvRecord | undefined>();
  const latest = clock.now() + LONGEST_ROUND;
  for (let from = 0; from < devices.length; from += DEVICES_PER_RECORD_CALL) {
    if (clock.now() > latest) return { records, stopped: { is: 'later', at: clock.now(), why: 'throttled' } };
    const some = devices.slice(from, from + DEVICES_PER_RECORD_CALL);
    const look = await sources.records(reader, some);
    if (look.is !== 'seen') return { records, stopped: look };
    for (const device of some)
      records.set(
        device,
        look.value.find((record) => record.device === device),
      );
  }
  return { records, stopped: undefined };
}

/** What the round says about the end of one scan. */
export function endingSeen(one: Open, seen: Seen): Ending {
  const ending = endingByEvents(one, seen.events);
  if (ending.is !== 'unconfirmed') return ending;
  const record = seen.records.get(one.request.stage.device.id);
  return confirmedByRecord(
    ending,
    record?.ends.find(({ type }) => type === typeOf(one)),
  );
}

function endingByEvents(one: Open, events: Look<readonly ScanEnd[]>): Ending {
  if (events.is !== 'seen') return one.ending;
  const { device, scan, estimate } = one.request.stage;
  const ends = events.value.filter((end) => end.device === device.id && end.type === typeOf(one));
  return confirmedByEvents(one.ending, { scan, estimate }, ends);
}

/** Whether the sources can ever show the end of this scan, as far as this round tells; `undefined` when it does not. */
export function canShow(one: Open, seen: Seen): boolean | undefined {
  if (isWindows(one) && (seen.events.is === 'seen' || seen.events.is === 'later')) return true;
  const { id } = one.request.stage.device;
  if (seen.records.has(id)) return seen.records.get(id) !== undefined;
  return seen.stopped?.is === 'later' ? undefined : false;
}

/** Whether this scan has had its turn; without it, the next round begins with it. */
export function wasAsked(one: Open, seen: Seen): boolean {
  return seen.records.has(one.request.stage.device.id) || seen.stopped === undefined || seen.stopped.is === 'missing';
}

/** When to go on with those that had no turn. */
export function goesOnAt({ stopped }: Seen, now: Time): Time | undefined {
  if (stopped?.is === 'later') return stopped.why === 'fails' ? Math.max(stopped.at, now + FAULT_RETRY) : stopped.at;
  return stopped?.is === 'sign-in' ? now + SIGN_IN_RETRY : undefined;
}

/** Defender's events come from Windows alone. */
function isWindows({ request }: Open): boolean {
  return request.stage.device.os.toLowerCase().startsWith('windows');
}

function typeOf({ request }: Open): ScanEnd['type'] {
  const { scan, content } = request.stage;
  return scan.type ?? content.type;
}

function devicesOf(open: readonly Open[]): readonly DeviceId[] {
  return [...new Set(open.map(({ request }) => request.stage.device.id))];
}
