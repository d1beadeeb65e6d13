import type { Tally } from '../../scan/batch/tally.ts';
import type { LeftOut, Plan } from '../../scan/batch/plan.ts';
import { sourceText } from '../../scan/batch/source.ts';
import type { Device } from '../../scan/device.ts';
import { oneLine } from '../plain-text.ts';
import type { Section } from './batch-view.ts';
import type { Color } from './card-view.ts';
import { noScanWords } from './no-scan-words.ts';
import type { Pen } from './pen.ts';
import { outcomeWords } from './report-card.ts';

/** Whatever devices are called. */
const MOST_NAMES = 12;
/** What is to be scanned is read by name before it is decided: so many bytes of a card are for that. */
const MOST_BYTES = 1200;
/** Reasons are longer than names. */
const MOST_REASONS = 3;
const LONGEST_NAME = 64;

type Key = keyof typeof COLORS;
const COLORS = {
  scans: 'good',
  asleep: 'accent',
  ambiguous: 'warning',
  unpicked: 'warning',
  refused: 'warning',
  busy: 'accent',
  unknown: 'warning',
  empty: 'warning',
  unreadable: 'warning',
  attention: 'attention',
  alerts: 'attention',
} as const satisfies Readonly<Record<string, Color>>;

/** Names of several devices: whether one of them can still be picked. */
type Names = 'ambiguous' | 'unpicked';

/** The devices of a preview, each under what becomes of it. */
export function planSections({ scans, asleep, leftOut }: Plan, pen: Pen, names?: Names): readonly Section[] {
  const away = new Set(asleep);
  const awake = scans.filter(({ device }) => !away.has(device.id));
  const sleeping = scans.filter(({ device }) => away.has(device.id));
  return [
    ...section('scans', namesOf(awake), pen),
    ...section('asleep', namesOf(sleeping), pen),
    ...leftOutSections(leftOut, pen, names),
  ];
}

/** What was asked for and is not scanned, and why. */
export function leftOutSections(leftOut: LeftOut, pen: Pen, names: Names = 'unpicked'): readonly Section[] {
  const { ambiguous, refused, busy, unknown, empty, unreadable, twice } = leftOut;
  const twiceNote = twice === 0 ? [] : [note(pen.t('batch.twice', { count: twice }))];
  return [
    ...section(
      'busy',
      busy.map(({ device }) => nameOf(device)),
      pen,
    ),
    ...refusedSection(refused, pen),
    ...section(
      names,
      ambiguous.map(({ typed }) => typed),
      pen,
    ),
    ...section('unknown', unknown, pen),
    ...section('empty', empty.map(sourceText), pen),
    ...section('unreadable', unreadable.map(sourceText), pen),
    ...twiceNote,
  ];
}

/** Those that somebody should look at, by name. */
export function attentionSections(tally: Tally, pen: Pen): readonly Section[] {
  const { attention, needing, alerts, devicesWithAlerts } = tally;
  const lines = { attention: attentionLines(tally, pen), alerts: alertLines(tally, pen) };
  return [
    ...listed('alerts', lines.alerts, { count: devicesWithAlerts, more: devicesWithAlerts - alerts.length }, pen),
    ...listed('attention', lines.attention, { count: needing, more: needing - attention.length }, pen),
  ];
}

export function attentionLines({ attention }: Tally, pen: Pen): readonly string[] {
  return attention.map(({ device, outcome }) => {
    const what = outcome === 'sign-in' ? pen.t('batch.waits-for-sign-in') : outcomeWords(outcome, pen);
    return pen.t('batch.line', { device: short(device) }, { what });
  });
}

/** In a channel nobody else reads what was found, as on the card of a single scan. */
export function alertLines({ alerts }: Tally, pen: Pen): readonly string[] {
  if (pen.look.detail !== 'full') return [];
  return alerts.map(({ device, count }) =>
    pen.t('batch.line', { device: short(device) }, { what: pen.t('batch.alerts', { count }) }),
  );
}

function section(key: Key, names: readonly string[], pen: Pen): readonly Section[] {
  if (names.length === 0) return [];
  const title = pen.t(`batch.section.${key}`, { count: names.length });
  const line = key === 'scans' || key === 'asleep' ? longList(names, pen) : shortList(names, pen);
  return [{ title, titleColor: COLORS[key], line }];
}

/** Under each reason the devices that it is given for. */
function refusedSection(refused: LeftOut['refused'], pen: Pen): readonly Section[] {
  const byReason = new Map<string, string[]>();
  for (const { device, noScan } of refused) {
    const reason = noScanWords(noScan, pen);
    byReason.set(reason, [...(byReason.get(reason) ?? []), nameOf(device)]);
  }
  const groups = [...byReason].slice(0, MOST_REASONS);
  const lines = groups.map(([reason, names]) => pen.words.sentences([reason, shortList(names, pen)]));
  const told = groups.reduce((sum, [, names]) => sum + names.length, 0);
  return listed('refused', lines, { count: refused.length, more: refused.length - told }, pen);
}

function shortList(names: readonly string[], pen: Pen): string {
  return listOf(names.slice(0, MOST_NAMES), names.length, pen);
}

/** As many as there is room for. */
function longList(names: readonly string[], pen: Pen): string {
  let bytes = 0;
  const more = names.findIndex((name, index) => {
    bytes += Buffer.byteLength(JSON.stringify(pen.name(short(name))));
    return index >= MOST_NAMES && bytes > MOST_BYTES;
  });
  return listOf(more === -1 ? names : names.slice(0, more), names.length, pen);
}

function listOf(shown: readonly string[], all: number, pen: Pen): string {
  const more = all - shown.length;
  const rest = more > 0 ? [pen.t('batch.more', { count: more })] : [];
  return pen.words.list([...shown.map((name) => pen.name(short(name))), ...rest]);
}

/** Long enough for every name that a device has; a card holds only so much. */
function short(name: string): string {
  return oneLine(name, LONGEST_NAME);
}

/** One on each line. */
function listed(
  key: Key,
  lines: readonly string[],
  { count, more }: { readonly count: number; readonly more: number },
  pen: Pen,
): readonly Section[] {
  if (lines.length === 0) return [];
  const rest = more > 0 ? [pen.t('batch.more', { count: more })] : [];
  const line = [...lines.map((one) => `• ${one}`), ...rest].join('\n\n');
  return [{ title: pen.t(`batch.section.${key}`, { count }), titleColor: COLORS[key], line }];
}

function note(title: string): Section {
  return { title, titleColor: 'default', line: '' };
}

function namesOf(scans: Plan['scans']): readonly string[] {
  return scans.map(({ device }) => nameOf(device));
}

export function nameOf(device: Device): string {
  return device.name === '' ? device.id : device.name;
}
