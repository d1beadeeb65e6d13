import type { Device } from '../../scan/device.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Choosing } from '../../scan/stage.ts';
import type { CardView, Fact } from './card-view.ts';
import type { PickFields } from './choosing-view.ts';
import { choosingFields } from './choosing-fields.ts';
import { namesakeLine } from './device-choice.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { deviceName, stateHeading, stateSummary } from './state-words.ts';

const MOST_CHOICES = 20;
const MOST_AS_BUTTONS = 6;

/** Several devices have the name that was typed: one of them is meant. */
export function pickCard(request: ScanRequest, stage: Choosing, look: Look): CardView {
  const pen = cardPen(look);
  const data: PickFields = {
    ...stateHeading(request, pen),
    ...choosingFields(request, stage, pen),
    device: pen.name(deviceName(request, pen)),
    label: pen.t('pick.label'),
    missing: pen.t('pick.missing'),
    style: stage.among.length <= MOST_AS_BUTTONS ? 'expanded' : 'compact',
    choices: stage.among.slice(0, MOST_CHOICES).map((device) => choice(device, pen)),
    more: moreWords(stage.among.length - MOST_CHOICES, pen),
  };
  return { template: 'pick', data, summary: stateSummary(request, plainPen(look)) };
}

function choice(device: Device, pen: Pen): Fact {
  return { title: namesakeLine(device, pen), value: device.id };
}

function moreWords(count: number, pen: Pen): string {
  return count > 0 ? pen.t('pick.more', { count }) : '';
}
