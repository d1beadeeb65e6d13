import type { Batch, InBatch } from '../../scan/batch/batch.ts';
import type { LeftOut } from '../../scan/batch/plan.ts';
import type { Entered } from '../../scan/message.ts';
import { batchConfirmCard } from './batch-confirm-card.ts';
import { attentionSections, leftOutSections, planSections } from './batch-sections.ts';
import { barOf, batchHeading, batchPhrase, batchSummary, closedWords, countFacts, foundWords } from './batch-words.ts';
import type { BatchFields, CardView, Fact } from './card-view.ts';
import { approvedFacts, askedFacts, fact, whatFacts } from './facts.ts';
import type { Look } from './look.ts';
import { ownView } from './own-view.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { whoWords } from './who-words.ts';

/** A picture of a request for many scans as it is. */
export function batchCard(batch: Batch, look: Look, entered?: Entered): CardView {
  const { stage } = batch;
  if (stage.name === 'proposed') return batchConfirmCard({ ...batch, stage }, look, entered);
  const pen = cardPen(look);
  const data: BatchFields = {
    ...batchHeading(batch, pen),
    text: batchPhrase(batch, pen),
    next: '',
    ...NOTHING,
    reasonLabel: pen.t('approve.reason'),
    reasonHint: pen.t('approve.reason-hint'),
    ...stageFields(batch, pen),
    request: batch.id,
    rev: batch.rev,
  };
  return { template: 'batch', data, summary: batchSummary(batch, plainPen(look)), ...ownView(batch, look) };
}

const NOTHING = {
  bar: '',
  facts: [],
  sections: [],
  people: [],
  approve: '',
  decline: '',
  withdraw: '',
  stop: '',
  cancel: '',
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
  const { scans, leftOut, askedOf, until } = batch.stage;
  const approvers = askedOf.map((one) => ({ title: pen.t('fact.approval-by'), value: whoWords([one], pen) }));
  return {
    facts: decidedFacts(batch, pen),
    sections: planSections({ scans, asleep: [], leftOut, minutes: 0 }, pen),
    people: [...askedFacts(pen, batch), ...approvers, ...saidFacts(batch, pen), fact(pen, 'until', pen.time(until))],
    next: pen.t('batch.next.awaiting'),
    approve: pen.t('button.approve'),
    decline: pen.t('button.decline'),
    withdraw: pen.t('button.withdraw'),
  };
}

function runningFields(batch: InBatch<'running'>, pen: Pen): Partial<BatchFields> {
  const { tally, stopped, leftOut } = batch.stage;
  const waiting = tally.counts.pending;
  const canCancel = stopped !== undefined && !stopped.cancels && waiting > 0;
  return {
    bar: barOf(tally, pen),
    facts: [...countFacts(tally, pen), ...decidedFacts(batch, pen)],
    sections: [...attentionSections(tally, pen), ...leftOutOf(leftOut, pen)],
    people: [...askedFacts(pen, batch), ...saidFacts(batch, pen)],
    next: pen.t(stopped === undefined ? 'batch.next.running' : 'batch.next.stopped'),
    stop: stopped === undefined ? pen.t('batch.button.stop') : '',
    cancel: canCancel ? pen.t('batch.button.cancel') : '',
  };
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

/** Who else said yes, and who said no. */
function saidFacts({ approvals, stage }: Batch, pen: Pen): readonly Fact[] {
  const declined = stage.name === 'closed' ? stage.declined : undefined;
  return approvedFacts(pen, { ...(approvals && { approvals }), ...(declined && { declined }) });
}
