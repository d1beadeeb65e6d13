import { batchCard } from '../../src/chat/cards/batch-card.ts';
import { batchCsvCard } from '../../src/chat/cards/batch-csv-card.ts';
import type { CardView } from '../../src/chat/cards/card-view.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import type { Batch, BatchClosedWhy, BatchStage } from '../../src/scan/batch/batch.ts';
import type { LeftOut, Plan, PlannedScan } from '../../src/scan/batch/plan.ts';
import { NOTHING_LEFT_OUT } from '../../src/scan/batch/plan.ts';
import type { Tally } from '../../src/scan/batch/tally.ts';
import { tallyFrom } from '../../src/scan/batch/tally.ts';
import type { BatchId, DeviceId, RequestId } from '../../src/scan/ids.ts';
import { HOUR } from '../../src/scan/time.ts';
import { ALICE, BOB, LAPTOP, NOON, requestIn } from '../chat/cards/requests.ts';

/** Requests for many in every way in which they can stand, with devices of this name. */
export function batchViews(look: Look, name: string): Readonly<Record<string, CardView>> {
  const cards = Object.entries(stages(name)).map(
    ([key, stage]) => [key, batchCard(batchIn(stage, name), look)] as const,
  );
  const entered = { type: '', comment: '', faults: ['type', 'missing'] } as const;
  const proposed = stages(name)['many proposed']!;
  const awaiting = stages(name)['many awaiting, corrected']!;
  return {
    ...Object.fromEntries(cards),
    'many proposed, to be mended': batchCard(batchIn(proposed, name), look, entered),
    'many awaiting, as the requester sees it': batchCard(batchIn(awaiting, name), { ...look, role: 'requester' }),
  };
}

/** More than a card of 1.5 has. */
export function batchCsvView(look: Look, name: string): CardView {
  const batch = batchIn(stages(name)['many over']!, name);
  const scans = scansOf(name, 100).map((planned) => ({ planned, request: undefined }));
  return batchCsvCard({ batch, from: 100, scans }, look);
}

function batchIn(stage: BatchStage, name: string): Batch {
  return {
    kind: 'batch',
    id: '0b0b0b0b-0000-4000-8000-000000000008' as BatchId,
    rev: 7,
    requester: ALICE,
    thread: requestIn({ name: 'asked', waitsForSignIn: false, until: NOON }).thread,
    askedAt: NOON,
    wanted: { devices: [{ is: 'tag', tag: name }], type: 'Quick', comment: name },
    stage,
  };
}

function stages(name: string): Readonly<Record<string, BatchStage>> {
  const until = NOON + HOUR;
  const content = { type: 'Quick', comment: name } as const;
  const scans = scansOf(name, 40);
  const plan: Plan = {
    scans,
    asleep: scans.slice(0, 14).map(({ device }) => device.id),
    leftOut: NOTHING_LEFT_OUT,
    minutes: 1,
  };
  const full = { ...plan, leftOut: leftOutOf(name), minutes: 13, asks: 'depends' } as const;
  const asked = [{ needed: 1, anyone: false, names: [BOB.name], more: 2 }] as const;
  const decided = { scans, leftOut: leftOutOf(name), content, by: ALICE.id };
  const running = { name: 'running', ...decided, at: NOON, drawnAt: NOON, lookAt: NOON, until } as const;
  const stopped = { at: NOON, cancels: false, asked: [] };
  const awaiting = { name: 'awaiting', ...decided, demands: [], askedOf: asked, remindAt: NOON, until } as const;
  const over = { name: 'over', ...decided, decidedAt: NOON, at: NOON } as const;
  const closed = { name: 'closed', content, count: 40, leftOut: leftOutOf(name), at: NOON } as const;
  return {
    'many asked': { name: 'asked', waitsForSignIn: false, until },
    'many asked, signing in': { name: 'asked', waitsForSignIn: true, until },
    'many proposed, simply': { name: 'proposed', plan, until },
    'many proposed': { name: 'proposed', plan: full, until },
    'many proposed, too many for the rules': { name: 'proposed', plan: { ...full, most: 20 }, until },
    'many deciding': { name: 'deciding', plan, content, until },
    'many awaiting': awaiting,
    'many awaiting, corrected': { ...awaiting, changedAt: NOON },
    'many running': { ...running, tally: tallyOf(name) },
    'many running, all sent': { ...running, tally: sentTally() },
    'many begun': { ...running, leftOut: NOTHING_LEFT_OUT, tally: tallyFrom(scans, new Map(), false) },
    'many stopped': { ...running, tally: tallyOf(name), stopped },
    'many over': { ...over, tally: tallyOf(name) },
    'many over, well': { ...over, leftOut: NOTHING_LEFT_OUT, tally: wellTally() },
    'many over, stopped': { ...over, tally: tallyOf(name), stopped },
    'many closed, too many': { ...closed, why: 'too-many', count: 812 },
    'many closed, declined': { ...closed, why: 'declined', declined: { by: BOB, reason: name } },
    ...Object.fromEntries(CLOSED.map((why) => [`many closed, ${why}`, { ...closed, why } as const])),
  };
}

const CLOSED: readonly BatchClosedWhy[] = ['nothing-found', 'not-allowed', 'expired'];

function scansOf(name: string, count: number): readonly PlannedScan[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: `request-${String(nth)}` as RequestId,
    device: { ...LAPTOP, id: String(nth).padStart(40, '0') as DeviceId, name: `${name}-${String(nth)}` },
  }));
}

function leftOutOf(name: string): LeftOut {
  const devices = scansOf(name, 30).map(({ device }) => device);
  const policy = { why: 'policy', reason: name, rule: name, unknown: [] } as const;
  return {
    ambiguous: devices.slice(0, 7).map((device) => ({ typed: device.name, among: devices })),
    refused: [
      ...devices.map((device) => ({ device, noScan: policy })),
      ...devices.map((device) => ({ device, noScan: { why: 'cool-down', until: NOON + HOUR } as const })),
    ],
    busy: devices.map((device) => ({ device, who: name })),
    unknown: devices.map((device) => device.name),
    empty: [{ is: 'tag', tag: name }],
    unreadable: [{ is: 'incident', number: 42 }],
    twice: 3,
  };
}

function tallyOf(name: string): Tally {
  const attention = scansOf(name, 15).map(
    ({ device }) => ({ device: device.name, outcome: 'not-run-TimeOut' }) as const,
  );
  return {
    ...wellTally(),
    counts: { ...wellTally().counts, completed: 20, running: 5, pending: 4, 'sign-in': 1, waiting: 6, problem: 4 },
    attention: [...attention.slice(1), { device: name, outcome: 'sign-in' }],
    needing: 18,
    found: 9,
    devicesWithAlerts: 17,
    looked: 18,
    unlooked: 2,
    alerts: attention.map(({ device }) => ({ device, count: 3 })),
  };
}

/** Nothing is left to stop. */
function sentTally(): Tally {
  const none = tallyFrom([], new Map(), false);
  return { ...none, counts: { ...none.counts, running: 30, taken: 10 } };
}

function wellTally(): Tally {
  const none = tallyFrom([], new Map(), false);
  return { ...none, counts: { ...none.counts, completed: 40 }, looked: 40 };
}
