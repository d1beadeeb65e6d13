import type { ScanType } from '../../scan/device.ts';
import type { Time } from '../../scan/ids.ts';
import { HOUR, MINUTE, SECOND } from '../../scan/time.ts';
import { wireTime } from './wire-words.ts';
import type { Json } from './wire-words.ts';

export type ActionStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'TimeOut' | 'Cancelled';

/** One command to a device, as the stand-in keeps it. */
export interface StandInAction {
  readonly id: string;
  /** `RunAntiVirusScan`, or another kind that is none of the bot's business. */
  readonly kind: string;
  readonly type: ScanType | undefined;
  readonly device: string;
  readonly deviceName: string;
  readonly requestor: string;
  readonly comment: string;
  readonly source: 'PublicApi' | 'Portal';
  readonly status: ActionStatus;
  readonly createdAt: Time;
  readonly updatedAt: Time;
  /** When the device takes it, or took it; undefined while the device sleeps. */
  readonly takenAt: Time | undefined;
  readonly cancelled: { readonly by: string; readonly comment: string; readonly at: Time } | undefined;
  readonly errorHResult: number;
}

/** How long things take on a good day. */
export interface Pace {
  /** Until an awake device takes a command. */
  readonly pickUp: number;
  /** From there until Defender calls the command succeeded, long before the scan is over. */
  readonly acknowledge: number;
  readonly quick: number;
  readonly full: number;
  /** Until a command that no device has taken is given up. */
  readonly expiry: number;
}

export const USUAL_PACE: Pace = {
  pickUp: 8 * SECOND,
  acknowledge: 22 * SECOND,
  quick: 6 * MINUTE,
  full: 2 * HOUR,
  expiry: 72 * HOUR + 14 * MINUTE,
};

export function faster(pace: Pace, factor: number): Pace {
  return {
    pickUp: pace.pickUp / factor,
    acknowledge: pace.acknowledge / factor,
    quick: pace.quick / factor,
    full: pace.full / factor,
    expiry: pace.expiry / factor,
  };
}

/** How things stand with the device and with Defender. */
export interface Circumstances {
  readonly now: Time;
  readonly pace: Pace;
  readonly asleep: boolean;
  readonly scanFails: boolean;
  readonly succeedsLate: boolean;
}

const REQUEST_TIMEOUT = -2145844840;
const UNSPECIFIED_FAILURE = -2147467259;
export const ABORTED = -2147467260;

/** The action as it is now; the same object when nothing has changed. */
export function advanced(action: StandInAction, around: Circumstances): StandInAction {
  switch (action.status) {
    case 'Pending':
      return whilePending(action, around);
    case 'InProgress':
      return whileInProgress(action, around);
    case 'Succeeded':
    case 'Failed':
    case 'TimeOut':
    case 'Cancelled':
      return action;
  }
}

/** When the next change is due by itself. */
export function nextChange(action: StandInAction, around: Circumstances): Time | undefined {
  if (action.status === 'InProgress') return endsAt(action, around);
  if (action.status !== 'Pending') return undefined;
  return Math.min(action.takenAt ?? Infinity, action.createdAt + around.pace.expiry);
}

function whilePending(action: StandInAction, around: Circumstances): StandInAction {
  const { now, pace, asleep } = around;
  const expires = action.createdAt + pace.expiry;
  const takenAt = asleep ? undefined : (action.takenAt ?? now + pace.pickUp);
  if (takenAt !== undefined && takenAt <= now && takenAt < expires) {
    return advanced({ ...action, status: 'InProgress', takenAt, updatedAt: takenAt }, around);
  }
  if (now >= expires) return { ...action, status: 'TimeOut', updatedAt: expires, errorHResult: REQUEST_TIMEOUT };
  return takenAt === action.takenAt ? action : { ...action, takenAt };
}

function whileInProgress(action: StandInAction, around: Circumstances): StandInAction {
  const end = endsAt(action, around);
  if (around.now < end) return action;
  if (!around.scanFails) return { ...action, status: 'Succeeded', updatedAt: end };
  return { ...action, status: 'Failed', updatedAt: end, errorHResult: UNSPECIFIED_FAILURE };
}

function endsAt(action: StandInAction, { pace, succeedsLate }: Circumstances): Time {
  return (action.takenAt ?? action.createdAt) + (succeedsLate ? scanLength(action, pace) : pace.acknowledge);
}

/** When the device itself is through with the scan; undefined as long as that is not certain. */
export function scanOverAt(action: StandInAction, pace: Pace): Time | undefined {
  if (action.type === undefined || action.takenAt === undefined) return undefined;
  return action.status === 'Succeeded' ? action.takenAt + scanLength(action, pace) : undefined;
}

function scanLength(action: StandInAction, pace: Pace): number {
  return action.type === 'Full' ? pace.full : pace.quick;
}

/** All 20 keys, in Defender's order. */
export function actionJson(action: StandInAction, status: string = action.status): Json {
  return {
    id: action.id,
    type: action.kind,
    title: null,
    requestor: action.requestor,
    requestorComment: action.comment,
    status,
    machineId: action.device,
    computerDnsName: action.deviceName,
    creationDateTimeUtc: wireTime(action.createdAt),
    lastUpdateDateTimeUtc: wireTime(action.updatedAt),
    cancellationRequestor: action.cancelled?.by ?? null,
    cancellationComment: action.cancelled?.comment ?? null,
    cancellationDateTimeUtc: action.cancelled === undefined ? null : wireTime(action.cancelled.at),
    errorHResult: action.errorHResult,
    scope: action.type ?? null,
    externalId: null,
    requestSource: action.source,
    relatedFileInfo: null,
    commands: [],
    troubleshootInfo: null,
  };
}
