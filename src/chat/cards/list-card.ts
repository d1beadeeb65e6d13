import type { DefenderScan } from '../../scan/defender-scan.ts';
import type { Device } from '../../scan/device.ts';
import type { ScanEnd } from '../../scan/ending.ts';
import type { DeviceCommand } from '../../scan/errand.ts';
import type { Notice, OwnScan } from '../../scan/notice.ts';
import { oneLine } from '../plain-text.ts';
import type { CardView, ListFields, Row } from './card-view.ts';
import { defenderWord } from './defender-word.ts';
import { systemOf } from './facts.ts';
import type { Look } from './look.ts';
import { ownStage } from './own-stage.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { signOf, statusState } from './scan-state.ts';

const MOST_ROWS = 10;
const LONGEST_COMMENT_SHOWN = 150;

/** What Defender reports about a device, and what the device itself does. */
export function statusCard({ device, scans, ends = [], missing = [] }: StatusNotice, look: Look): CardView {
  const pen = cardPen(look);
  const name = { device: device.name === '' ? device.id : device.name };
  const intro = pen.t(scans.length === 0 ? 'list.status.none' : 'list.status.intro');
  return listCard(look, {
    heading: pen.t('list.status.heading', name),
    summary: plainPen(look).t('list.status.heading', name),
    text: pen.words.sentences([intro, ...missing.map((source) => pen.t(MISSING[source]))]),
    rows: [...scans.map((scan) => scanRow(scan, pen)), ...ends.map((end) => endRow(end, pen))],
    next: pen.t('list.status.next', name),
  });
}

type StatusNotice = Omit<Extract<Notice, { say: 'status' }>, 'say'>;

const MISSING = {
  'device-record': 'ending.missing-device-record',
  hunting: 'ending.missing-hunting',
} as const;

function endRow({ type, outcome, at }: ScanEnd, pen: Pen): Row {
  const state = `ended-${outcome}` as const;
  const title = `${signOf(state).symbol} ${pen.t(`kind.${type}`)} · ${pen.t(`state.${state}.heading`)}`;
  return { title, line: pen.t('list.status.record-row', { at: pen.time(at) }) };
}

/** What the reader asked for. */
export function ownScansCard(scans: readonly OwnScan[], look: Look): CardView {
  const pen = cardPen(look);
  return listCard(look, {
    heading: pen.t('list.mine.heading'),
    summary: pen.words.t('list.mine.heading'),
    text: pen.t(scans.length === 0 ? 'list.mine.none' : 'list.mine.intro'),
    rows: scans.map((scan) => ownRow(scan, pen)),
    next: pen.t('list.mine.next'),
  });
}

/** Several devices have the name that a command was about. */
export function whichCard(command: DeviceCommand, among: readonly Device[], look: Look): CardView {
  const pen = cardPen(look);
  return listCard(look, {
    heading: pen.t('list.which.heading'),
    summary: pen.words.t('list.which.heading'),
    text: pen.t('list.which.intro'),
    rows: among.map((device) => deviceRow(device, pen)),
    next: pen.t(`list.which.${command}`),
  });
}

export interface Listed extends Pick<ListFields, 'heading' | 'text' | 'rows' | 'next'> {
  readonly summary: string;
}

export function listCard(look: Look, listed: Listed): CardView {
  const pen = cardPen(look);
  const { summary, rows, ...shown } = listed;
  const count = rows.length - MOST_ROWS;
  const data: ListFields = {
    ...shown,
    language: pen.words.letters,
    fallback: summary,
    color: 'default',
    rows: rows.slice(0, MOST_ROWS),
    more: count > 0 ? pen.t('list.more', { count }) : '',
  };
  return { template: 'list', data, summary };
}

function scanRow(scan: DefenderScan, pen: Pen): Row {
  const state = statusState(scan.status);
  const who = scan.requester === '' ? pen.words.t('somebody') : scan.requester;
  const times = { created: pen.time(scan.createdAt), updated: pen.time(scan.updatedAt) };
  const title = `${signOf(state).symbol} ${pen.t(`kind.${scan.type ?? 'any'}`)} · ${pen.t(`state.${state}.heading`)}`;
  return { title, line: pen.words.sentences([pen.t('list.status.row', { who, ...times }), ...comment(scan, pen)]) };
}

/** Other people's words are for the reader alone. */
function comment(scan: DefenderScan, pen: Pen): readonly string[] {
  if (pen.look.detail === 'minimal' || scan.comment.trim() === '') return [];
  return [pen.t('say.comment', { comment: oneLine(scan.comment, LONGEST_COMMENT_SHOWN) })];
}

function ownRow(scan: OwnScan, pen: Pen): Row {
  const { symbol, words: stage } = ownStage(scan.stage, pen);
  const phrase = pen.t(`scan.${scan.type ?? 'any'}`, { device: scan.device || pen.words.t('no-device') });
  return { title: `${symbol} ${phrase}`, line: pen.t('list.mine.row', { at: pen.time(scan.at) }, { stage }) };
}

function deviceRow(device: Device, pen: Pen): Row {
  const seen = device.lastSeen === undefined ? '' : pen.words.t('pick.seen', { at: pen.time(device.lastSeen) });
  const parts = [device.id, systemOf(device), defenderWord(device.health, pen.words), seen].filter(
    (part) => part !== '',
  );
  return { title: pen.name(device.name || device.id), line: pen.name(parts.join(' · ')) };
}
