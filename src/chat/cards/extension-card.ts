import type { Device } from '../../scan/device.ts';
import type { CardView } from './card-view.ts';
import type { ExtensionFields } from './choosing-view.ts';
import { offeredLine } from './device-choice.ts';
import type { Look } from './look.ts';
import { cardPen, plainPen } from './pen.ts';

/** What was found in a message. */
export interface InMessage {
  readonly devices: readonly Device[];
  /** `late`: nobody knows yet which devices there are. */
  readonly known: 'yes' | 'late';
  /** What looks like a device, where none is known. */
  readonly likely: string;
  /** The alert or incident that it names, in words. */
  readonly reason: string;
  /** Nothing was chosen or typed. */
  readonly missed: boolean;
}

/** Which device of those that a message names. */
export function extensionCard(found: InMessage, look: Look): CardView {
  const pen = cardPen(look);
  const summary = plainPen(look).t('extension.title');
  const data: ExtensionFields = {
    language: pen.words.letters,
    fallback: summary,
    heading: `🔎 ${pen.t('extension.title')}`,
    color: 'accent',
    text: pen.t(textFor(found)),
    next: pen.t('extension.next'),
    faults: found.missed ? [{ note: `⚠️ ${pen.t('fault.device')}`, noteColor: 'attention' }] : [],
    label: pen.t('find.label'),
    hint: pen.t('find.hint'),
    choices: found.devices.map((device) => ({ title: offeredLine(device), value: device.id })),
    chosen: found.devices[0]?.id ?? '',
    nameLabel: pen.t(found.devices.length > 0 ? 'extension.name' : 'find.name'),
    nameHint: found.devices.length > 0 ? '' : pen.t('find.name-hint'),
    name: found.likely,
    facts: found.reason === '' ? [] : [{ title: pen.t('extension.reason'), value: pen.name(found.reason) }],
    reason: found.reason,
    use: pen.t('button.pick'),
  };
  return { template: 'extension', data, summary };
}

function textFor({ devices, known }: InMessage): 'extension.found' | 'extension.none' | 'extension.late' {
  if (known === 'late') return 'extension.late';
  return devices.length > 0 ? 'extension.found' : 'extension.none';
}
