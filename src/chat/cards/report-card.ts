import type { Count, Outcome, Report, ScanOutcome, Times } from '../../scan/report.ts';
import type { CardView, Fact } from './card-view.ts';
import type { ReportFields, ReportTable } from './report-view.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';

/** More bars than this are no picture any more. */
const MOST_BARS = 8;

/** Counts of a time: a picture where the client draws one, the same as tables everywhere. */
export function reportCard(report: Report, look: Look): CardView {
  const pen = cardPen(look);
  const heading = pen.t(`report.heading.${report.span}`);
  const data: ReportFields = {
    language: pen.words.language,
    fallback: plainPen(look).t('report.summary', { count: report.count, span: report.span }),
    heading,
    color: 'default',
    text: scopeWords(report, pen),
    facts: facts(report, pen),
    chartTitle: pen.words.t('report.outcomes'),
    bars: report.outcomes
      .slice(0, MOST_BARS)
      .map(({ key, count }) => ({ x: outcomeWords(key, plainPen(look)), y: count })),
    tables: tables(report, pen).filter(({ rows }) => rows.length > 0),
    next: pen.t(isHidden(report, pen) ? 'report.next-hidden' : 'report.next', { span: report.span }),
  };
  return { template: 'report', data, summary: data.fallback };
}

export function outcomeWords(outcome: Outcome, pen: Pen): string {
  return isOfScan(outcome) ? pen.t(`report.outcome.${outcome}`) : pen.t(`state.${outcome}.heading`);
}

const OF_SCANS = {
  completed: true,
  cancelled: true,
  failed: true,
  unconfirmed: true,
  'never-confirmed': true,
  'not-run-TimeOut': true,
  'not-run-Cancelled': true,
  'not-run-Failed': true,
  open: true,
} as const satisfies Readonly<Record<ScanOutcome, true>>;

function isOfScan(outcome: Outcome): outcome is ScanOutcome {
  return Object.hasOwn(OF_SCANS, outcome);
}

function scopeWords(report: Report, pen: Pen): string {
  const times = { from: pen.time(report.since), to: pen.time(report.until) };
  const cut = report.cut ? [pen.t('report.cut', { count: report.count })] : [];
  return pen.words.sentences([pen.t(`report.of.${report.of}`, times), ...cut]);
}

function facts(report: Report, pen: Pen): readonly Fact[] {
  const { took, approval, found } = report;
  const rows = [
    factOf(pen, 'requests', pen.words.t('report.number', { count: report.count })),
    ...timesFact(pen, 'took-Quick', took.Quick),
    ...timesFact(pen, 'took-Full', took.Full),
    ...timesFact(pen, 'approval', approval),
  ];
  if (found.looked === 0) return rows;
  return [...rows, factOf(pen, 'found', pen.t('report.found', { ...found }))];
}

type FactKey = 'requests' | 'took-Quick' | 'took-Full' | 'approval' | 'found';

function factOf(pen: Pen, key: FactKey, value: string): Fact {
  return { title: pen.t(`report.fact.${key}`), value };
}

function timesFact(pen: Pen, key: FactKey, times: Times | undefined): readonly Fact[] {
  if (times === undefined) return [];
  const { median, longest, count } = times;
  const values = { median: pen.words.duration(median), longest: pen.words.duration(longest), count };
  return [factOf(pen, key, pen.t('report.times', values))];
}

function tables(report: Report, pen: Pen): readonly ReportTable[] {
  const outcomes = report.outcomes.map(({ key, count }) => ({ key: outcomeWords(key, pen), count }));
  const types = report.types.map(({ key, count }) => ({ key: pen.t(`kind.${key}`), count }));
  const open = [tableOf('outcomes', outcomes, pen), tableOf('types', types, pen)];
  if (isHidden(report, pen)) return open;
  const people = report.of === 'everybody' ? [tableOf('people', named(report.people, pen), pen)] : [];
  return [...open, ...people, tableOf('devices', named(report.devices, pen), pen)];
}

/** Who asked, and about which devices, is not for everybody who reads along. */
function isHidden(report: Report, pen: Pen): boolean {
  return pen.look.detail !== 'full' && report.count > 0;
}

function named(counts: readonly Count<string>[], pen: Pen): readonly Count<string>[] {
  return counts.map(({ key, count }) => ({ key: pen.name(key), count }));
}

function tableOf(
  key: 'outcomes' | 'types' | 'people' | 'devices',
  counts: readonly Count<string>[],
  pen: Pen,
): ReportTable {
  const rows = counts.map(({ key: name, count }) => ({ name, number: pen.words.t('report.number', { count }) }));
  return { name: pen.t(`report.${key}`), number: pen.t('report.column'), rows };
}
