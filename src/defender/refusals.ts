import { readJson } from '../net/read-json.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import { refused } from '../scan/refusal.ts';
import type { DefenderRefusalKind, Refusal } from '../scan/refusal.ts';
import type { Time } from '../scan/ids.ts';
import { DAY, MINUTE, SECOND } from '../scan/time.ts';
import { readError } from './wire.ts';
import type { WireError } from './wire.ts';

/** An HTTP answer that is not a success. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Row {
  readonly status: number;
  readonly code?: string;
  readonly kind: DefenderRefusalKind;
}

/** What an answer means: the row with its status and code, else the row with its status alone, else its class. */
export const REFUSALS: readonly Row[] = [
  { status: 400, code: 'ActiveRequestAlreadyExists', kind: 'already-running' },
  { status: 400, code: 'OsPlatformNotSupported', kind: 'os-not-supported' },
  { status: 400, code: 'ClientVersionNotSupported', kind: 'client-too-old' },
  { status: 401, kind: 'unauthorized' },
  { status: 403, code: 'DisabledFeature', kind: 'feature-disabled' },
  { status: 403, code: 'DisallowedOperation', kind: 'not-allowed' },
  { status: 403, kind: 'forbidden' },
  { status: 404, kind: 'not-found' },
  { status: 429, kind: 'throttled' },
];

/** Microsoft says that messages may change: this one is looked for only where no code tells. */
const BUSY = 'action is already in progress';

const LONGEST_WAIT = DAY;

export function refusalOf(answer: FailedAnswer, now: Time): Refusal {
  const error = readError(readJson(answer.text));
  const { refusal } = refused(kindOf(answer, error), {
    status: answer.status,
    ...(error.code !== '' && { code: error.code }),
    ...(error.target !== '' && { target: error.target }),
    ...(answer.status === 429 && { retryAt: retryAt(answer.headers, now) }),
  });
  return refusal;
}

function kindOf(answer: FailedAnswer, error: WireError): DefenderRefusalKind {
  const rows = REFUSALS.filter((row) => row.status === answer.status);
  const coded = rows.find((row) => row.code?.toLowerCase() === error.code.toLowerCase());
  if (coded !== undefined) return coded.kind;
  if (answer.status === 400 && saysBusy(answer, error)) return 'already-running';
  return rows.find((row) => row.code === undefined)?.kind ?? kindOfClass(answer.status);
}

function saysBusy(answer: FailedAnswer, error: WireError): boolean {
  return (error.message || answer.text).toLowerCase().includes(BUSY);
}

function kindOfClass(status: number): DefenderRefusalKind {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'bad-request' : 'unreadable';
}

/** A minute where Defender does not say. */
function retryAt(headers: Readonly<Record<string, string>>, now: Time): Time {
  const said = readRetryAfter(headers['retry-after'], now) ?? now + MINUTE;
  return Math.min(Math.max(said, now + SECOND), now + LONGEST_WAIT);
}
