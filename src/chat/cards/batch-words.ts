import type { Batch, BatchClosed, BatchClosedWhy } from '../../scan/batch/batch.ts';
import { doneIn, sizeOf, STANDS } from '../../scan/batch/tally.ts';
import type { Tally } from '../../scan/batch/tally.ts';
import type { WordKey } from '../language.ts';
import type { Color, Fact, Heading } from './card-view.ts';
import { noScanWords } from './no-scan-words.ts';
import type { Pen } from './pen.ts';
import { plainPen } from './pen.ts';
import { refusalWords } from './refusal-words.ts';
import { signOf } from './scan-state.ts';

const BAR = 20;

/** `Quick scan of 12 devices`. */
export function batchPhrase(batch: Batch, pen: Pen): string {
  const { stage, wanted } = batch;
  const type = 'content' in stage && stage.content !== undefined ? stage.content.type : wanted.type;
  return pen.t(`batch.phrase.${type ?? 'any'}`, { count: batchSize(batch) });
}

/** How many devices it is about, as far as that is known. */
export function batchSize({ stage, wanted }: Batch): number {
  switch (stage.name) {
    case 'asked':
      return wanted.devices.length;
    case 'proposed':
    case 'deciding':
      return stage.plan.scans.length;
    case 'awaiting':
    case 'running':
    case 'over':
      return stage.scans.length;
    case 'closed':
      return stage.count;
  }
}

export function batchHeading(batch: Batch, pen: Pen): Omit<Heading, 'text' | 'next'> {
  const { key, symbol, color } = signFor(batch);
  return {
    language: pen.words.letters,
    fallback: batchSummary(batch, plainPen(pen.look)),
    heading: `${symbol} ${pen.t(key)}`,
    color,
  };
}

/** One sentence that tells the state by itself. */
export function batchSummary(batch: Batch, pen: Pen): string {
  return pen.t('batch.summary', {}, { phrase: batchPhrase(batch, pen), state: pen.t(signFor(batch).key) });
}

interface Sign {
  readonly key: WordKey;
  readonly symbol: string;
  readonly color: Color;
}

function signFor(batch: Batch): Sign {
  const { stage } = batch;
  switch (stage.name) {
    case 'asked':
      return stage.waitsForSignIn
        ? { key: 'state.asked-sign-in.heading', ...signOf('asked-sign-in') }
        : { key: 'batch.heading.asked', ...signOf('asked') };
    case 'proposed':
      return { key: 'state.proposed.heading', ...signOf('proposed') };
    case 'deciding':
      return { key: 'batch.heading.deciding', ...signOf('asked') };
    case 'awaiting':
      return { key: 'state.awaiting.heading', ...signOf('awaiting') };
    case 'running':
      return stage.stopped === undefined
        ? { key: 'batch.heading.running', ...signOf('running') }
        : { key: 'batch.heading.stopped', ...signOf('cancelled') };
    case 'over':
      if (stage.stopped !== undefined) return { key: 'batch.heading.stopped', ...signOf('cancelled') };
      if (stage.tally.needing > 0) return { key: 'batch.heading.over-attention', symbol: '⚠️', color: 'warning' };
      return { key: 'batch.heading.over', ...signOf('ended-completed') };
    case 'closed':
      return closedSign(stage.why);
  }
}

function closedSign(why: BatchClosedWhy): Sign {
  if (why === 'too-many') return { key: 'batch.heading.too-many', ...signOf('not-allowed') };
  if (why === 'nothing-found') return { key: 'batch.heading.nothing-found', ...signOf('not-found') };
  return { key: `state.${why}.heading`, ...signOf(why) };
}

/** `▰▰▰▰▰▱▱▱▱▱ 50 % · 250 of 500`: whoever cannot see the bar reads the rest of the line. */
export function barOf(tally: Tally, pen: Pen): string {
  const [done, all] = [doneIn(tally), sizeOf(tally)];
  const share = all === 0 ? 1 : done / all;
  const full = Math.floor(share * BAR);
  const bar = '▰'.repeat(full) + '▱'.repeat(BAR - full);
  return pen.t('batch.bar', { bar, percent: Math.floor(share * 100), done, all });
}

/** Those that there are, in the order in which a scan goes through them, from its end. */
export function countFacts({ counts }: Tally, pen: Pen): readonly Fact[] {
  return STANDS.filter((stand) => counts[stand] > 0).map((stand) => ({
    title: pen.t(`batch.stand.${stand}`),
    value: pen.words.t('report.number', { count: counts[stand] }),
  }));
}

/** What was found, the number alone where everybody reads along; nothing where nobody could look. */
export function foundWords({ found, devicesWithAlerts, looked = 0, unlooked = 0 }: Tally, pen: Pen): string {
  if (looked === 0) return '';
  if (found === 0) return unlooked === 0 ? pen.t('batch.found-none') : pen.t('batch.found-none-of', { count: looked });
  if (pen.look.detail !== 'full') return pen.t('batch.found-hidden', { count: found });
  return pen.t('batch.found', { count: found, devices: devicesWithAlerts });
}

/** Why there was no scan, and what to do. */
export function closedWords(stage: BatchClosed, pen: Pen): string {
  const reasons = [
    ...(stage.why === 'too-many' ? [pen.t('batch.too-many', { count: stage.count })] : []),
    ...(stage.noScan === undefined ? [] : [noScanWords(stage.noScan, pen)]),
    ...(stage.refusal === undefined ? [] : refusalParts(stage, pen)),
    ...(stage.reference === undefined ? [] : [pen.t('say.unexpected', { reference: stage.reference })]),
  ];
  return pen.words.sentences([...reasons, pen.t('batch.nothing-started')]);
}

function refusalParts({ refusal }: BatchClosed, pen: Pen): readonly string[] {
  if (refusal === undefined) return [];
  const { what, next } = refusalWords(refusal, pen);
  return [what, next];
}
