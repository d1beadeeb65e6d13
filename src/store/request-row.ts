import { unconfirmedEnding } from '../scan/ending-of.ts';
import { deviceOf, isOver, waitsForSignIn } from '../scan/scan-request.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { documentOf } from './document.ts';
import { tallyColumns } from './report-rows.ts';
import type { TallyColumns } from './report-rows.ts';
import type { Tables } from './tables.ts';

type Known =
  'rev' | 'stage' | 'is_over' | 'over_at' | 'waits_sign_in' | 'person' | 'device' | 'sent_at' | 'batch' | 'doc';
export type RequestColumns = TallyColumns & Pick<Tables['request'], Known>;

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
