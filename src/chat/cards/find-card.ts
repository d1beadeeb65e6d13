import type { Found } from '../../scan/finding/device-finder.ts';
import type { Entered } from '../../scan/message.ts';
import { signInMends } from '../../scan/refusal.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Choosing } from '../../scan/stage.ts';
import type { Person } from '../../scan/person.ts';
import { localeOf, words } from '../language.ts';
import type { CardView, Fact, Note } from './card-view.ts';
import type { FindFields } from './choosing-view.ts';
import { choosingFields } from './choosing-fields.ts';
import { offeredLine } from './device-choice.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { stateHeading, stateSummary } from './state-words.ts';

/** What a row brings along that is no device; nothing can be called so. */
const NO_DEVICE = '-';

/** No device was named: the requester finds it while typing. */
export function findCard(request: ScanRequest, stage: Choosing, look: Look, entered?: Entered): CardView {
  const pen = cardPen(look);
  const data: FindFields = {
    ...stateHeading(request, pen),
    ...choosingFields(request, stage, pen),
    faults: faultNotes(stage, pen, entered),
    label: pen.t('find.label'),
    hint: pen.t('find.hint'),
    nameLabel: pen.t('find.name'),
    nameHint: pen.t('find.name-hint'),
  };
  return { template: 'find', data, summary: stateSummary(request, plainPen(look)) };
}

function faultNotes(stage: Choosing, pen: Pen, entered: Entered | undefined): readonly Note[] {
  const missed = stage.any?.missed ?? '';
  const notFound = missed === '' ? [] : [pen.t('find.missed', { device: missed })];
  const faults = entered?.faults.map((fault) => pen.t(`fault.${fault}`)) ?? [];
  return [...notFound, ...faults].map((says) => ({ note: `⚠️ ${says}`, noteColor: 'attention' }));
}

/** What stands below the field while somebody types; where there can be no devices, why not. */
export function foundRows(found: Found, reader: Person): readonly Fact[] {
  const { t } = words(localeOf(reader));
  switch (found.is) {
    case 'found':
      return found.devices.map((device) => ({ title: offeredLine(device), value: device.id }));
    case 'late':
      return [{ title: t('find.late'), value: NO_DEVICE }];
    case 'refused':
      return [{ title: t(signInMends(found.refusal) ? 'find.sign-in' : 'find.refused'), value: NO_DEVICE }];
  }
}
