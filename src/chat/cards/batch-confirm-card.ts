import { commentFault } from '../../scan/comment.ts';
import { pickInput } from '../../scan/batch/batch-desk.ts';
import type { Batch, InBatch } from '../../scan/batch/batch.ts';
import type { Ambiguous } from '../../scan/batch/plan.ts';
import type { Entered } from '../../scan/message.ts';
import { oneLine } from '../plain-text.ts';
import { planSections } from './batch-sections.ts';
import { batchHeading, batchPhrase, batchSummary } from './batch-words.ts';
import type { BatchConfirmFields, PickRow } from './batch-view.ts';
import type { CardView } from './card-view.ts';
import { inputFields } from './confirm-card.ts';
import { askedFacts, fact } from './facts.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { namesakeLine } from './device-choice.ts';

/** As many names can be picked on one card; the others stay left out. */
const MOST_PICKS = 5;
const MOST_CHOICES = 6;
const LONGEST_CHOICE = 100;

/** The preview: which devices, why not the others, how long it takes; type, comment, run or dismiss. */
export function batchConfirmCard(batch: InBatch<'proposed'>, look: Look, entered?: Entered): CardView {
  const { plan, until } = batch.stage;
  const pen = cardPen(look);
  const data: BatchConfirmFields = {
    ...batchHeading(batch, pen),
    text: introduction(batch, pen),
    sections: planSections(plan, pen, 'ambiguous'),
    picks: plan.leftOut.ambiguous.slice(0, MOST_PICKS).map((one, index) => pickRow(one, index, pen)),
    ...inputFields(entered ?? asTyped(batch), pen),
    people: [...askedFacts(pen, batch), fact(pen, 'until', pen.time(until))],
    next: nextWords(batch, pen),
    run: runButton(batch.stage, pen),
    dismiss: pen.t('button.dismiss'),
    request: batch.id,
    rev: batch.rev,
  };
  return { template: 'batch-confirm', data, summary: batchSummary(batch, plainPen(look)) };
}

type Stage = InBatch<'proposed'>['stage'];

/** What it is, and how long it takes to send. */
function introduction(batch: InBatch<'proposed'>, pen: Pen): string {
  const { scans, minutes } = batch.stage.plan;
  const phrase = batchPhrase(batch, pen);
  if (scans.length === 0) return phrase;
  return pen.t('batch.text', {}, { phrase, minutes: pen.t('batch.minutes', { count: minutes }) });
}

function nextWords({ requester, stage }: InBatch<'proposed'>, pen: Pen): string {
  const { most, asks, scans } = stage.plan;
  if (most !== undefined) return pen.t('batch.most', { count: most, all: scans.length });
  return pen.t(asks === undefined ? 'batch.next.proposed' : `approve.${asks}-next`, { requester: requester.name });
}

function runButton({ plan }: Stage, pen: Pen): string {
  if (plan.most !== undefined) return '';
  if (plan.asks !== undefined) return pen.t(plan.asks === 'approval' ? 'button.send' : 'button.ask');
  return pen.t('batch.button.run', { count: plan.scans.length });
}

function pickRow({ typed, among }: Ambiguous, index: number, pen: Pen): PickRow {
  const choices = among.slice(0, MOST_CHOICES).map((device) => ({
    title: oneLine(namesakeLine(device, pen), LONGEST_CHOICE),
    value: device.id,
  }));
  return {
    input: pickInput(index),
    label: pen.t('batch.pick', { name: typed }),
    choices: [{ title: pen.t('batch.pick-none'), value: 'none' }, ...choices],
  };
}

function asTyped({ wanted }: Batch): Entered {
  const comment = wanted.comment ?? '';
  const fault = commentFault(comment);
  const faults = fault === undefined || fault === 'missing' ? [] : [fault];
  return { type: wanted.type ?? 'Quick', comment, faults };
}
