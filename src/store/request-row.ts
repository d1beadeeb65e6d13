import { unconfirmedEnding } from '../scan/ending-of.ts';
import { deviceOf, isOver, waitsForSignIn } from '../scan/scan-request.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { documentOf } from './document.ts';
import { tallyColumns } from './report-rows.ts';
import type { TallyColumns } from './report-rows.ts';

export interface RequestColumns extends TallyColumns {
  readonly rev: number;
  readonly stage: string;
  readonly is_over: number;
  readonly over_at: number | null;
  readonly waits_sign_in: number;
  readonly person: string;
  readonly device: string | null;
  readonly sent_at: number | null;
  readonly batch: string | null;
  readonly doc: string;
}

/** What of a request can be asked for, beside the request itself. */
export function columnsOf(request: ScanRequest): RequestColumns {
  return {
    rev: request.rev,
    stage: request.stage.name,
    is_over: Number(isOver(request)),
    over_at: overAt(request) ?? null,
    waits_sign_in: Number(waitsForSignIn(request)),
    person: request.requester.id,
    device: deviceOf(request)?.id ?? null,
    sent_at: request.sentAt ?? null,
    batch: request.batch ?? null,
    ...tallyColumns(request),
    doc: documentOf(request),
  };
}

/** When its end is looked for the first time; null when it is not looked for. */
export function confirmAt(request: ScanRequest): number | null {
  return unconfirmedEnding(request) === undefined ? null : (overAt(request) ?? null);
}

function overAt({ stage }: ScanRequest): number | undefined {
  return stage.name === 'settled' || stage.name === 'closed' ? stage.at : undefined;
}
