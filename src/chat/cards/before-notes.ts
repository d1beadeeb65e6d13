import type { Device } from '../../scan/device.ts';
import type { Preflight } from '../../scan/preflight.ts';
import { startsWhen } from '../../scan/preflight.ts';
import { DAY } from '../../scan/time.ts';
import type { Note } from './card-view.ts';
import type { Pen } from './pen.ts';

/** What to know before the scan runs, a line each: when it starts, and what may speak against it. */
export function beforeNotes(device: Device, before: Preflight | undefined, pen: Pen): readonly Note[] {
  if (before === undefined) return [];
  const start = startWords(device, before, pen);
  const warnings = [...modeWords(before, pen), ...ageWords(before, pen), ...scanWords(before, pen)];
  const plain: readonly Note[] = start === '' ? [] : [{ note: `ℹ️ ${start}`, noteColor: 'default' }];
  return [...plain, ...warnings.map((warning): Note => ({ note: `⚠️ ${warning}`, noteColor: 'warning' }))];
}

function startWords(device: Device, { at }: Preflight, pen: Pen): string {
  const starts = startsWhen(device, at);
  if (starts === undefined || device.lastSeen === undefined) return '';
  return starts === 'soon' ? pen.t('before.soon') : pen.t('before.asleep', { seen: pen.time(device.lastSeen) });
}

function modeWords({ mode }: Preflight, pen: Pen): readonly string[] {
  if (mode === 'passive' || mode === 'passive-audit') return [pen.t('before.passive')];
  return mode === 'disabled' ? [pen.t('before.disabled')] : [];
}

function ageWords({ at, signaturesFrom }: Preflight, pen: Pen): readonly string[] {
  if (signaturesFrom === undefined) return [];
  return [pen.t('before.old-signatures', { days: Math.floor((at - signaturesFrom) / DAY) })];
}

function scanWords({ at, recent, open }: Preflight, pen: Pen): readonly string[] {
  const ended = recent && { at: pen.time(recent.at), ago: pen.words.duration(at - recent.at) };
  return [
    ...(recent && ended ? [pen.t(`before.recent.${recent.type}`, ended)] : []),
    ...(open ? [pen.t(`before.may-still-run.${open.type}`, { since: pen.time(open.from) })] : []),
  ];
}
