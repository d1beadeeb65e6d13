import type { Device } from '../../scan/device.ts';
import { oneLine, withoutHidden } from '../plain-text.ts';
import { defenderWord } from './defender-word.ts';
import { systemOf } from './facts.ts';
import type { Pen } from './pen.ts';

const SHORT_ID = 8;
const LONGEST_PART = 80;

/** One of the devices that have the name that was typed. */
export function namesakeLine(device: Device, pen: Pen): string {
  const seen = device.lastSeen === undefined ? '' : pen.words.t('pick.seen', { at: pen.time(device.lastSeen) });
  return choiceLine(device, [defenderWord(device.health, pen.words), seen]);
}

/** One of the devices that are offered while somebody types. */
export function offeredLine(device: Device): string {
  return choiceLine(device, [device.lastIp]);
}

/** Tells devices of one name apart. */
function choiceLine(device: Device, said: readonly string[]): string {
  return [device.name, systemOf(device), ...said, `${device.id.slice(0, SHORT_ID)}…`]
    .map(withoutMarks)
    .filter((part) => part !== '')
    .join(' · ');
}

/** Some clients read a choice as Markdown and some as it is: escaping would show in one of them, so the marks go. */
function withoutMarks(part: string): string {
  return oneLine(withoutHidden(part).replace(/[[\](){}<>*`\\&]/g, ' '), LONGEST_PART);
}
