import type { Batch } from '../../scan/batch/batch.ts';
import type { PlannedScan } from '../../scan/batch/plan.ts';
import { tallyOf } from '../../scan/report.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { withoutHidden } from '../plain-text.ts';
import { csvText } from '../speak/csv.ts';
import { nameOf } from './batch-sections.ts';
import { batchSize } from './batch-words.ts';
import type { CardView } from './card-view.ts';
import type { Look } from './look.ts';
import { cardPen, plainPen } from './pen.ts';

/** Some of its scans: each as it stands, or without a request where it never began. */
export interface BatchPart {
  readonly batch: Batch;
  readonly from: number;
  readonly scans: readonly { readonly planned: PlannedScan; readonly request: ScanRequest | undefined }[];
}

/** UTF-16 units: with the card around it, well below what one message of Teams may hold, twice. */
const LONGEST = 12_000;

/** The outcome of each scan as text to be copied. What was found is not for everybody who reads along. */
export function batchCsvCard({ batch, from, scans }: BatchPart, look: Look): CardView {
  const pen = cardPen(look);
  const isFull = look.detail === 'full';
  const header = ['device', 'type', 'outcome', 'started', 'took_seconds', ...(isFull ? ['alerts'] : [])];
  const rows = scans.map(({ planned, request }) => cellsOf(planned, request, isFull));
  const { text, rows: shown } = csvText(header, rows, LONGEST);
  const summary = plainPen(look).t('batch.csv.summary');
  return {
    template: 'csv',
    summary,
    data: {
      language: pen.words.language,
      fallback: summary,
      heading: pen.t('batch.csv.heading'),
      color: 'default',
      text: pen.t('batch.csv.part', { from: from + 1, to: from + shown, all: batchSize(batch) }),
      csv: withoutHidden(text),
      next: pen.t('report.csv.next'),
    },
  };
}

function cellsOf({ device }: PlannedScan, request: ScanRequest | undefined, isFull: boolean): readonly string[] {
  if (request === undefined) return [nameOf(device), '', 'not-started', '', '', ...(isFull ? [''] : [])];
  const { outcome, type = '', startedAt, took, found } = tallyOf(request);
  const started = startedAt === undefined ? '' : `${new Date(startedAt).toISOString().slice(0, 19)}Z`;
  const seconds = took === undefined ? '' : String(Math.round(took / 1000));
  const alerts = found === undefined ? '' : String(found);
  return [nameOf(device), type, outcome, started, seconds, ...(isFull ? [alerts] : [])];
}
