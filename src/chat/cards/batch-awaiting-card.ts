import type { Batch, BatchAwaiting, InBatch } from '../../scan/batch/batch.ts';
import type { Entered } from '../../scan/message.ts';
import { planSections } from './batch-sections.ts';
import { batchHeading, batchPhrase, batchSummary } from './batch-words.ts';
import type { BatchAwaitingFields, Section } from './batch-view.ts';
import type { CardView, Fact, Refresh } from './card-view.ts';
import { inputFields } from './confirm-card.ts';
import { approvedFacts, askedFacts, fact } from './facts.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { whoWords } from './who-words.ts';

/** What only the requester sees while others must approve: type and comment, to correct or to take back. */
export function batchAwaitingCard(batch: InBatch<'awaiting'>, look: Look, entered?: Entered): CardView {
  const pen = cardPen(look);
  const data: BatchAwaitingFields = {
    ...batchHeading(batch, pen),
    text: batchPhrase(batch, pen),
    sections: awaitedSections(batch.stage, pen),
    ...inputFields(entered ?? { ...batch.stage.content, faults: [] }, pen),
    people: awaitedPeople(batch, pen),
    next: pen.t('approve.own-next'),
    change: pen.t('button.change'),
    withdraw: pen.t('button.withdraw'),
    request: batch.id,
    rev: batch.rev,
  };
  return { template: 'batch-awaiting', data, summary: batchSummary(batch, plainPen(look)), ...requestersView(batch) };
}

/** Whatever it shows: the requester's clients ask for the view with which they can change it. */
export function requestersView({ id, requester }: Batch): { readonly refresh?: Refresh } {
  return requester.teamsId === '' ? {} : { refresh: { request: id, userIds: [requester.teamsId] } };
}

/** The devices, and whether what was asked for has changed. */
export function awaitedSections({ scans, leftOut, changedAt }: BatchAwaiting, pen: Pen): readonly Section[] {
  const changed = changedAt === undefined ? '' : `✏️ ${pen.t('approve.changed', { at: pen.time(changedAt) })}`;
  const note: readonly Section[] = changed === '' ? [] : [{ title: changed, titleColor: 'accent', line: '' }];
  return [...note, ...planSections({ scans, asleep: [], leftOut, minutes: 0 }, pen)];
}

export function awaitedPeople(batch: InBatch<'awaiting'>, pen: Pen): readonly Fact[] {
  const { askedOf, until } = batch.stage;
  const approvers = askedOf.map((one) => ({ title: pen.t('fact.approval-by'), value: whoWords([one], pen) }));
  return [...askedFacts(pen, batch), ...approvers, ...saidFacts(batch, pen), fact(pen, 'until', pen.time(until))];
}

/** Who else said yes, and who said no. */
export function saidFacts({ approvals, stage }: Batch, pen: Pen): readonly Fact[] {
  const declined = stage.name === 'closed' ? stage.declined : undefined;
  return approvedFacts(pen, { ...(approvals && { approvals }), ...(declined && { declined }) });
}
