import type { Batch, InBatch } from '../../scan/batch/batch.ts';
import type { LeftOut } from '../../scan/batch/plan.ts';
import { sameManyAgain } from '../../scan/batch/same-many.ts';
import type { Tally } from '../../scan/batch/tally.ts';
import type { Entered } from '../../scan/message.ts';
import { batchConfirmCard } from './batch-confirm-card.ts';
import { awaitedPeople, awaitedSections, batchAwaitingCard, requestersView, saidFacts } from './batch-awaiting-card.ts';
import { attentionSections, leftOutSections } from './batch-sections.ts';
import { barOf, batchHeading, batchPhrase, batchSummary, closedWords, countFacts, foundWords } from './batch-words.ts';
import type { BatchFields } from './batch-view.ts';
import type { CardView, Fact } from './card-view.ts';
import { askedFacts, fact, whatFacts } from './facts.ts';
import type { Look } from './look.ts';
import { ownView } from './own-view.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';

/** A picture of a request for many scans as it is. */
export function batchCard(batch: Batch, look: Look, entered?: Entered): CardView {
  const { stage } = batch;
  if (stage.name === 'proposed') return batchConfirmCard({ ...batch, stage }, look, entered);
  if (stage.name === 'awaiting' && look.role === 'requester') {
    return batchAwaitingCard({ ...batch, stage }, look, entered);
  }
  const pen = cardPen(look);
  const data: BatchFields = {
    ...batchHeading(batch, pen),
    text: batchPhrase(batch, pen),
    next: '',
    ...NOTHING,
    reasonLabel: pen.t('approve.reason'),
    reasonHint: pen.t('approve.reason-hint'),
    ...stageFields(batch, pen),
    again: sameManyAgain(batch) === undefined ? '' : pen.t('button.again'),
    request: batch.id,
    rev: batch.rev,
  };
  const view = stage.name === 'awaiting' ? requestersView(batch) : ownView(batch, look);
  return { template: 'batch', data, summary: batchSummary(batch, plainPen(look)), ...view };
}

const NOTHING = {
  bar: '',
  facts: [],
  sections: [],
  people: [],
  approve: '',
  decline: '',
  stop: '',
  cancel: '',
  again: '',
} as const;

function stageFields(batch: Batch, pen: Pen): Partial<BatchFields> {
  const { stage } = batch;
  switch (stage.name) {
    case 'asked':
      return { people: askedFacts(pen, batch), next: pen.t('batch.next.asked') };
    case 'proposed':
      return {};
    case 'deciding':
      return { facts: decidedFacts(batch, pen), people: askedFacts(pen, batch), next: pen.t('batch.next.deciding') };
    case 'awaiting':
      return awaitingFields({ ...batch, stage }, pen);
    case 'running':
      return runningFields({ ...batch, stage }, pen);
    case 'over':
      return overFields({ ...batch, stage }, pen);
    case 'closed':
      return {
        facts: decidedFacts(batch, pen),
        sections: leftOutOf(stage.leftOut, pen),
        people: [...askedFacts(pen, batch), ...saidFacts(batch, pen)],
        next: closedWords(stage, pen),
      };
  }
}

/** Whoever approves reads every name that there is room for. */
function awaitingFields(batch: InBatch<'awaiting'>, pen: Pen): Partial<BatchFields> {
  return {
    facts: decidedFacts(batch, pen),
    sections: awaitedSections(batch.stage, pen),
    people: awaitedPeople(batch, pen),
    next: pen.t('batch.next.awaiting'),
    approve: pen.t('button.approve'),
    decline: pen.t('button.decline'),
  };
}

function runningFields(batch: InBatch<'running'>, pen: Pen): Partial<BatchFields> {
  const { tally, stopped, leftOut } = batch.stage;
  const waiting = tally.counts.pending;
  const canCancel = stopped !== undefined && !stopped.cancels && waiting > 0;
  const canStop = stopped === undefined && (waiting > 0 || isSending(tally));
  return {
    bar: barOf(tally, pen),
    facts: [...countFacts(tally, pen), ...decidedFacts(batch, pen)],
    sections: [...attentionSections(tally, pen), ...leftOutOf(leftOut, pen)],
    people: [...askedFacts(pen, batch), ...saidFacts(batch, pen)],
    next: pen.t(canStop ? 'batch.next.running' : stopped === undefined ? 'batch.next.sent' : 'batch.next.stopped'),
    stop: canStop ? pen.t('batch.button.stop') : '',
    cancel: canCancel ? pen.t('batch.button.cancel') : '',
  };
}

/** Some of them have not reached Defender yet. */
function isSending({ counts }: Tally): boolean {
  return counts.waiting + counts.starting + counts.queued + counts['sign-in'] > 0;
}

function overFields(batch: InBatch<'over'>, pen: Pen): Partial<BatchFields> {
  const { tally, leftOut, at } = batch.stage;
  return {
    bar: barOf(tally, pen),
    facts: [...countFacts(tally, pen), ...decidedFacts(batch, pen)],
    sections: [...attentionSections(tally, pen), ...leftOutOf(leftOut, pen)],
    people: [...askedFacts(pen, batch), ...saidFacts(batch, pen), fact(pen, 'ended', pen.time(at))],
    next: foundWords(tally, pen),
  };
}

function decidedFacts({ stage }: Batch, pen: Pen): readonly Fact[] {
  const content = 'content' in stage ? stage.content : undefined;
  return content === undefined ? [] : whatFacts(pen, content.type, content.comment);
}

function leftOutOf(leftOut: LeftOut | undefined, pen: Pen): BatchFields['sections'] {
  return leftOut === undefined ? [] : leftOutSections(leftOut, pen);
}
