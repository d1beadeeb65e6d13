import type { Batch } from './batch/batch.ts';
import type { Time } from './ids.ts';
import { commentFault } from './comment.ts';
import { readScanType } from './device.ts';
import type { Entered, PressRefusal } from './message.ts';
import type { OwnSchedule } from './notice.ts';
import type { Person, Thread } from './person.ts';
import type { ScanRequest } from './scan-request.ts';
import type { Content } from './stage.ts';

/** A press as it came: all of it is to be read, none of it to be believed. */
export interface Press {
  readonly person: Person;
  readonly thread: Thread;
  readonly verb: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Marks the press: delivered again, it asks for nothing new. */
  readonly once: string;
  /** By then there must be an answer: what is not known by then counts against it. */
  readonly before: Time;
}

export type Pressed =
  | { readonly answer: 'show'; readonly request: ScanRequest | Batch }
  /** What is left of the list on which it was pressed. */
  | { readonly answer: 'schedules'; readonly schedules: readonly OwnSchedule[] }
  | { readonly answer: 'mend'; readonly request: ScanRequest | Batch; readonly entered: Entered }
  | { readonly answer: 'refuse'; readonly why: PressRefusal }
  | { readonly answer: 'sign-in' };

/** Whether a token for the person is at hand: `unknown` when nobody answered in time. */
export type SignedIn = () => Promise<'yes' | 'no' | 'unknown'>;

/** What of an overlong comment is handed back to be shortened. */
const LONGEST_RETURNED = 8000;

export type ContentRead =
  { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly entered: Entered };

/** The inputs once more: what a client checked counts for nothing. */
export function readContent(values: Readonly<Record<string, unknown>>): ContentRead {
  const type = readScanType(values['scanType']);
  const comment = typeof values['comment'] === 'string' ? values['comment'] : '';
  const fault = commentFault(comment);
  if (type !== undefined && fault === undefined) return { ok: true, content: { type, comment } };
  const faults = [...(type === undefined ? (['type'] as const) : []), ...(fault === undefined ? [] : [fault])];
  return { ok: false, entered: { type: type ?? '', comment: comment.slice(0, LONGEST_RETURNED), faults } };
}

export function shown(request: ScanRequest): Pressed {
  return { answer: 'show', request };
}

export function notDone(why: PressRefusal): Pressed {
  return { answer: 'refuse', why };
}
