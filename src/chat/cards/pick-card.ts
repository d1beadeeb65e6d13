import type { Device } from '../../scan/device.ts';
import type { Choosing, ScanRequest } from '../../scan/scan-request.ts';
import { oneLine, withoutHidden } from '../plain-text.ts';
import type { CardView, Fact, PickFields } from './card-view.ts';
import { defenderWord } from './defender-word.ts';
import { askedFacts, fact, systemOf, whatFacts } from './facts.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { deviceName, stateHeading, stateSummary } from './state-words.ts';

const MOST_CHOICES = 20;
const MOST_AS_BUTTONS = 6;
const SHORT_ID = 8;
const LONGEST_PART = 80;

/** Several devices have the name that was typed: one of them is meant. */
export function pickCard(request: ScanRequest, stage: Choosing, look: Look): CardView {
  const pen = cardPen(look);
  const data: PickFields = {
    ...stateHeading(request, pen),
    device: pen.name(deviceName(request, pen)),
    label: pen.t('pick.label'),
    missing: pen.t('pick.missing'),
    style: stage.among.length <= MOST_AS_BUTTONS ? 'expanded' : 'compact',
    choices: stage.among.slice(0, MOST_CHOICES).map((device) => choice(device, pen)),
    more: moreWords(stage.among.length - MOST_CHOICES, pen),
    facts: [
      ...whatFacts(pen, request.wanted.type, request.wanted.comment),
      ...askedFacts(pen, request),
      fact(pen, 'until', pen.time(stage.until)),
    ],
    use: pen.t('button.pick'),
    dismiss: pen.t('button.dismiss'),
    request: request.id,
    rev: request.rev,
  };
  return { template: 'pick', data, summary: stateSummary(request, plainPen(look)) };
}

function choice(device: Device, pen: Pen): Fact {
  return { title: deviceLine(device, pen), value: device.id };
}

/** Tells devices of one name apart. */
export function deviceLine(device: Device, pen: Pen): string {
  const seen = device.lastSeen === undefined ? '' : pen.words.t('pick.seen', { at: pen.time(device.lastSeen) });
  const parts = [
    device.name,
    systemOf(device),
    defenderWord(device.health, pen.words),
    seen,
    `${device.id.slice(0, SHORT_ID)}…`,
  ];
  return parts
    .map(withoutMarks)
    .filter((part) => part !== '')
    .join(' · ');
}

/** Some clients read a choice as Markdown and some as it is: escaping would show in one of them, so the marks go. */
export function withoutMarks(part: string): string {
  return oneLine(withoutHidden(part).replace(/[[\](){}<>*`\\&]/g, ' '), LONGEST_PART);
}

function moreWords(count: number, pen: Pen): string {
  return count > 0 ? pen.t('pick.more', { count }) : '';
}
