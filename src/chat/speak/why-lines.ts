import type { PeopleDemand } from '../../scan/demand.ts';
import type { ScanType } from '../../scan/device.ts';
import type { Notice } from '../../scan/notice.ts';
import type { Ruling } from '../../scan/rule-book.ts';
import type { Pen } from '../cards/pen.ts';
import { unknownWords } from '../cards/unknown-words.ts';
import { haltLine } from './rule-words.ts';

/** Two sentences: which rule applies, and what it asks for; for each type where they differ. */
export function whyLines(notice: Extract<Notice, { say: 'why' }>, pen: Pen): readonly string[] {
  const { device, rulings, paused } = notice;
  const [rule, asks] = [bothOf(rulings, pen, ruleWords), bothOf(rulings, pen, asksWords)];
  const lines = [
    'both' in rule ? pen.t('why.rule', { device }, { rule: rule.both }) : pen.t('why.rules', { device }, rule),
    'both' in asks ? pen.t('why.asks', {}, { asks: asks.both }) : pen.t('why.asks-each', {}, asks),
  ];
  return paused === undefined ? lines : [...lines, haltLine(paused, pen)];
}

type Both = { readonly both: string } | { readonly quick: string; readonly full: string };

function bothOf(
  { Quick, Full }: Readonly<Record<ScanType, Ruling>>,
  pen: Pen,
  words: (ruling: Ruling, pen: Pen) => string,
): Both {
  const [quick, full] = [words(Quick, pen), words(Full, pen)];
  return quick === full ? { both: quick } : { quick, full };
}

function ruleWords({ rule, unknown }: Ruling, pen: Pen): string {
  const named = rule === undefined ? pen.words.t('why.general') : pen.t('why.named', { rule });
  if (unknown.length === 0) return named;
  return pen.t('why.unknown', {}, { rule: named, facts: unknownWords(unknown, pen) });
}

function asksWords({ asks, limits }: Ruling, pen: Pen): string {
  if (asks.kind === 'refuse') return pen.t('why.refused', {}, { reason: pen.passage(asks.reason) });
  const { coolDownMs, scansPerPersonAndHour, mostDevices } = limits;
  const demands =
    asks.demands.length === 0 ? [pen.words.t('why.free')] : asks.demands.map((one) => demandWords(one, pen));
  return pen.words.list([
    ...demands,
    ...(coolDownMs === undefined ? [] : [pen.t('why.cool-down', { time: pen.words.duration(coolDownMs) })]),
    ...(scansPerPersonAndHour === undefined ? [] : [pen.t('why.per-hour', { count: scansPerPersonAndHour })]),
    ...(mostDevices === undefined ? [] : [pen.t('why.most-devices', { count: mostDevices })]),
  ]);
}

function demandWords({ needed, by }: PeopleDemand, pen: Pen): string {
  return pen.t(by === 'anyone' ? 'why.anyone' : 'why.by-named', { count: needed });
}
