import type { Batch } from '../../scan/batch/batch.ts';
import type { Tally } from '../../scan/batch/tally.ts';
import { STANDS } from '../../scan/batch/tally.ts';
import type { BatchNotice } from '../../scan/notice.ts';
import { alertLines, attentionLines } from '../cards/batch-sections.ts';
import { batchPhrase, batchSummary, closedWords, foundWords } from '../cards/batch-words.ts';
import type { Pen } from '../cards/pen.ts';
import { unreachedLine } from './approval-lines.ts';

/** What is said about a request for many, in a few lines. */
export type BatchLineNotice = Exclude<BatchNotice, { say: 'batch-csv' }>;

const MOST_NAMED = 8;

export function batchLines(notice: BatchLineNotice, pen: Pen, batch: Batch): readonly string[] {
  switch (notice.say) {
    case 'batch-ended':
      return endedLines(batch, pen);
    case 'batch-later':
      return [pen.t('batch.say.later', {}, { phrase: batchPhrase(batch, pen) }), ...digest(batch, pen)];
    case 'batch-sign-in':
      return [pen.t('batch.say.sign-in', {}, { phrase: batchPhrase(batch, pen) })];
    case 'batch-approval-given': {
      const key = notice.open ? 'batch.say.approved-in-part' : 'batch.say.approved';
      return [pen.t(key, { name: notice.by }, { phrase: batchPhrase(batch, pen) })];
    }
    case 'batch-approval-asked':
      return approvalAskedLines(notice, pen, batch);
  }
}

function endedLines(batch: Batch, pen: Pen): readonly string[] {
  const { stage } = batch;
  if (stage.name === 'closed') return [batchSummary(batch, pen), closedWords(stage, pen)];
  const phrase = batchPhrase(batch, pen);
  if (stage.name !== 'running') return [pen.t('batch.say.ended', {}, { phrase }), ...digest(batch, pen)];
  const { pending, taken } = stage.tally.counts;
  const key = taken > 0 ? 'batch.say.ended-unseen' : 'batch.say.ended-but';
  return [pen.t(key, { count: taken > 0 ? taken : pending }, { phrase }), ...digest(batch, pen)];
}

/** How many ended how, what was found, and those that need somebody by name. */
function digest({ stage }: Batch, pen: Pen): readonly string[] {
  if (stage.name !== 'running' && stage.name !== 'over') return [];
  const { tally } = stage;
  const named = [...alertLines(tally, pen), ...attentionLines(tally, pen)];
  const shown = named.slice(0, MOST_NAMED).map((line) => `• ${line}`);
  const hidden = pen.look.detail === 'full' ? tally.devicesWithAlerts : 0;
  const more = tally.needing + hidden - shown.length;
  const rest = more > 0 ? [pen.t('batch.more', { count: more })] : [];
  return [counted(tally, pen), foundWords(tally, pen), ...shown, ...rest].filter((line) => line !== '');
}

function counted({ counts }: Tally, pen: Pen): string {
  const some = STANDS.filter((stand) => counts[stand] > 0);
  return pen.words.list(
    some.map((stand) => `${pen.t(`batch.stand.${stand}`)}: ${pen.words.t('report.number', { count: counts[stand] })}`),
  );
}

type Asked = Extract<BatchNotice, { say: 'batch-approval-asked' }>;

/** To those who can approve, and to the requester about those whom nothing reached. */
function approvalAskedLines(asked: Asked, pen: Pen, batch: Batch): readonly string[] {
  const { stage, requester } = batch;
  const scan = batchPhrase(batch, pen);
  if (stage.name !== 'awaiting') return [pen.t('say.approval-over', {}, { scan })];
  const values = { requester: requester.name, until: pen.time(stage.until) };
  const question = pen.t(asked.again ? 'say.approval-reminder' : 'say.approval-asked', values, { scan });
  return [question, ...unreachedLine(asked.unreached, pen)];
}
