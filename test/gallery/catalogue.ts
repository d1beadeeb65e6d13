import type { CardView } from '../../src/chat/cards/card-view.ts';
import { helpCard, welcomeCard } from '../../src/chat/cards/help-card.ts';
import { ownScansCard, statusCard, whichCard } from '../../src/chat/cards/list-card.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import { scanCard } from '../../src/chat/cards/scan-card.ts';
import type { OwnScan } from '../../src/scan/message.ts';
import { withFindings } from './with-findings.ts';
import { EVERY_STAGE, LAPTOP, NOON, requestIn, scanAs } from '../chat/cards/requests.ts';

/** Every card there is, in each way in which it can stand. A new card or a new way is added here, in EVERY_STAGE or in countingViews. */
export function catalogue(look: Look): Readonly<Record<string, CardView>> {
  return { ...scanCards(look), ...otherCards(look) };
}

function scanCards(look: Look): Readonly<Record<string, CardView>> {
  const cards = Object.entries(EVERY_STAGE).map(([name, stage]) => [name, scanCard(requestIn(stage), look)] as const);
  const entered = { type: '', comment: '', faults: ['type', 'missing'] } as const;
  return {
    ...Object.fromEntries(cards),
    mend: scanCard(requestIn(EVERY_STAGE['proposed']!), look, entered),
    'awaiting, as the requester sees it': scanCard(requestIn(EVERY_STAGE['awaiting']!), { ...look, role: 'requester' }),
    found: scanCard(withFindings({}, 7), look),
    'found nothing': scanCard(withFindings({}, 0), look),
  };
}

function otherCards(look: Look): Readonly<Record<string, CardView>> {
  const own: OwnScan = { device: LAPTOP.name, type: 'Full', stage: 'proposed', at: NOON };
  return {
    help: helpCard(look, undefined),
    guess: helpCard(look, 'status'),
    welcome: welcomeCard(look),
    status: statusCard(
      { device: LAPTOP, scans: [scanAs('Succeeded'), scanAs('Pending', { type: undefined, requester: '' })] },
      look,
    ),
    'status of none': statusCard({ device: LAPTOP, scans: [], missing: ['hunting', 'device-record'] }, look),
    'my scans': ownScansCard([own, { ...own, stage: 'Succeeded' }], look),
    'which one': whichCard('status', [LAPTOP, LAPTOP], look),
  };
}
