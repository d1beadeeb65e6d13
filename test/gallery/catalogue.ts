import type { CardView } from '../../src/chat/cards/card-view.ts';
import { extensionCard } from '../../src/chat/cards/extension-card.ts';
import type { InMessage } from '../../src/chat/cards/extension-card.ts';
import { helpCard, welcomeCard } from '../../src/chat/cards/help-card.ts';
import { ownScansCard, statusCard, whichCard } from '../../src/chat/cards/list-card.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import { scanCard } from '../../src/chat/cards/scan-card.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import type { OwnScan } from '../../src/scan/notice.ts';
import { batchViews } from './batch-views.ts';
import { plannedCards } from './planned-cards.ts';
import { withFindings } from './with-findings.ts';
import { CONFIRM_WITHIN } from '../../src/scan/ending.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Following, Stage } from '../../src/scan/stage.ts';
import { DAY, HOUR, MINUTE } from '../../src/scan/time.ts';
import {
  CONFIRMED,
  ended,
  EVERY_STAGE,
  following,
  LAPTOP,
  NOON,
  proposed,
  requestIn,
  scanAs,
} from '../chat/cards/requests.ts';

const IN_MESSAGE: InMessage = {
  devices: [LAPTOP, { ...LAPTOP, id: 'b'.repeat(40) as DeviceId, name: 'kiosk-lobby' }],
  known: 'yes',
  likely: '',
  reason: 'incident 4711',
  missed: false,
};

/** Every card there is, in each way in which it can stand. A new card or a new way is added here, in EVERY_STAGE or in countingViews. */
export function catalogue(look: Look): Readonly<Record<string, CardView>> {
  return { ...scanCards(look), ...plannedCards(look), ...otherCards(look), ...batchViews(look, 'fin-laptop') };
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
    ...worthKnowing(look),
  };
}

/** What is known before, while and after a scan runs, beside its state. */
function worthKnowing(look: Look): Readonly<Record<string, CardView>> {
  const away = { ...LAPTOP, lastSeen: NOON - 3 * DAY };
  const signaturesFrom = NOON - 12 * DAY;
  const recent = { type: 'Full', at: NOON - 40 * MINUTE } as const;
  const open = { type: 'Quick', from: NOON - HOUR } as const;
  const before = { at: NOON, mode: 'passive', signaturesFrom, recent, open } as const;
  const takes = { of: 'device', count: 3, shortest: 130 * MINUTE, longest: 160 * MINUTE } as const;
  const scan = scanAs('Succeeded');
  const unconfirmed = { is: 'unconfirmed', from: scan.createdAt, until: NOON + CONFIRM_WITHIN, told: false } as const;
  const running = { ...(following('InProgress') as Following), estimate: takes };
  const accepted = ended(unconfirmed, { estimate: { ...takes, of: 'os', count: 20 } });
  const why = { kind: 'throttled' } as const;
  const card = (stage: Stage, facts: Partial<ScanRequest> = {}): CardView => scanCard(requestIn(stage, facts), look);
  return {
    'proposed, starts soon': card(proposed(), { before: { at: NOON } }),
    'proposed, with what speaks against it': card(proposed(away), { before }),
    'following, estimated from the device': card(running),
    'unconfirmed, estimated from others': card(accepted),
    'findings to be looked up': card(ended(CONFIRMED), {
      findings: { are: 'unknown', why, nextLookAt: NOON + MINUTE },
    }),
  };
}

function otherCards(look: Look): Readonly<Record<string, CardView>> {
  const own: OwnScan = { device: LAPTOP.name, type: 'Full', stage: 'proposed', at: NOON };
  return {
    help: helpCard(look, undefined),
    guess: helpCard(look, 'status'),
    welcome: welcomeCard(look),
    status: statusCard(
      {
        device: LAPTOP,
        scans: [scanAs('Succeeded'), scanAs('Pending', { type: undefined, requester: '' })],
        ends: [{ device: LAPTOP.id, type: 'Full', outcome: 'completed', at: NOON, errorCode: '' }],
      },
      look,
    ),
    'status of none': statusCard({ device: LAPTOP, scans: [], missing: ['hunting', 'device-record'] }, look),
    'my scans': ownScansCard([own, { ...own, stage: 'completed' }], look),
    'in a message': extensionCard(IN_MESSAGE, look),
    'in a message, none named': extensionCard({ ...IN_MESSAGE, devices: [], reason: '', missed: true }, look),
    'in a message, list not there': extensionCard(
      { ...IN_MESSAGE, devices: [], known: 'late', likely: 'fin-07' },
      look,
    ),
    'which one': whichCard('status', [LAPTOP, LAPTOP], look),
  };
}
