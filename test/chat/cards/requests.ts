import type { Device } from '../../../src/scan/device.ts';
import type { DefenderScan, ScanStatus } from '../../../src/scan/defender-scan.ts';
import type { ActionId, DeviceId, PersonId, RequestId, ThreadId } from '../../../src/scan/ids.ts';
import type { Person } from '../../../src/scan/person.ts';
import type { Confirmed, Ending } from '../../../src/scan/ending.ts';
import { CONFIRM_WITHIN, endingAtResult } from '../../../src/scan/ending.ts';
import type { Refusal, RefusalKind } from '../../../src/scan/refusal.ts';
import type { Awaiting } from '../../../src/scan/approval.ts';
import type { ScanRequest } from '../../../src/scan/scan-request.ts';
import type { Closed, ClosedWhy, Settled, Stage } from '../../../src/scan/stage.ts';
import type { Plan } from '../../../src/scan/schedule/plan.ts';
import type { Scheduled } from '../../../src/scan/schedule/scheduled.ts';
import { DAY, HOUR, MINUTE } from '../../../src/scan/time.ts';
import type { Look } from '../../../src/chat/cards/look.ts';

/** 14:00 in Helsinki. */
export const NOON = Date.UTC(2026, 10, 20, 12, 0);

export const ALICE: Person = {
  id: '11111111-1111-4111-8111-111111111111' as PersonId,
  name: 'Alice Aalto',
  teamsId: '29:alice',
  locale: 'en-GB',
  timeZone: 'Europe/Helsinki',
};

export const BOB: Person = { ...ALICE, id: '33333333-3333-4333-8333-333333333333' as PersonId, name: 'Bob Berg' };

export const LAPTOP: Device = {
  id: '1e5bc9d7e413ddd7902c2932e418702b84d0cc07' as DeviceId,
  name: 'FIN-LAPTOP-07',
  os: 'Windows11',
  osVersion: '23H2',
  osBuild: '22631',
  health: 'Active',
  onboarding: 'Onboarded',
  lastSeen: NOON - 2 * HOUR,
  risk: 'Medium',
  value: 'Normal',
  group: 'Finance',
  lastIp: '10.0.0.7',
  tags: [],
  mergedInto: undefined,
};

export const FULL = { type: 'Full', comment: 'alert 3212 says so' } as const;

export function scanAs(status: ScanStatus, facts: Partial<DefenderScan> = {}): DefenderScan {
  return {
    id: 'a1' as ActionId,
    device: LAPTOP.id,
    status,
    word: status,
    type: 'Full',
    requester: 'alice@contoso.com',
    comment: FULL.comment,
    createdAt: NOON - 130 * MINUTE,
    updatedAt: NOON,
    errorCode: '',
    ...facts,
  };
}

export function requestIn(stage: Stage, facts: Partial<ScanRequest> = {}): ScanRequest {
  return {
    id: '22222222-2222-4222-8222-222222222222' as RequestId,
    rev: 3,
    requester: ALICE,
    thread: 'a:thread' as ThreadId,
    askedAt: NOON - 5 * MINUTE,
    wanted: {
      device: 'fin-laptop-07',
      type: undefined,
      comment: undefined,
      ...(isPlanned(stage) && { plan: MONDAYS }),
    },
    stage,
    ...facts,
  };
}

/** From Monday the 23rd on, for half a year. */
export const MONDAYS: Plan = {
  when: { is: 'weekly', days: [1], minute: 22 * 60 },
  zone: 'Europe/Helsinki',
  until: NOON + 180 * DAY,
};

function isPlanned(stage: Stage): boolean {
  return stage.name === 'scheduled' || (stage.name === 'closed' && stage.why.startsWith('schedule-'));
}

export const SCHEDULED: Scheduled = {
  name: 'scheduled',
  device: LAPTOP,
  content: FULL,
  by: ALICE.id,
  at: NOON,
  next: NOON + 3 * DAY + 8 * HOUR,
  asksSignIn: false,
  begun: 0,
};

export function lookOf(detail: Look['detail'], facts: Partial<Look> = {}): Look {
  return { reader: ALICE, now: NOON, detail, portal: 'https://security.microsoft.com', ...facts };
}

const UNTIL = NOON + 5 * MINUTE;
const SENT = { device: LAPTOP, content: FULL, by: ALICE.id, posts: 0, lost: 0, until: UNTIL };

export function following(status: ScanStatus, adopted = false, facts: Partial<DefenderScan> = {}): Stage {
  const seen = { device: LAPTOP, content: FULL, scan: scanAs(status, facts), adopted };
  return { name: 'following', ...seen, since: NOON - MINUTE, waited: false };
}

export function settled(status: ScanStatus, adopted = false, facts: Partial<DefenderScan> = {}): Stage {
  const scan = scanAs(status, facts);
  const ending = endingAtResult(scan, undefined, NOON);
  return ended(ending.is === 'unconfirmed' ? CONFIRMED : ending, { adopted, scan });
}

export const CONFIRMED: Confirmed = {
  is: 'confirmed',
  outcome: 'completed',
  from: NOON - 130 * MINUTE,
  at: NOON,
  by: 'hunting',
  errorCode: '',
  sure: true,
};

export function ended(ending: Ending, facts: Partial<Settled> = {}): Settled {
  const seen = { device: LAPTOP, content: FULL, scan: scanAs('Succeeded'), adopted: false };
  return { name: 'settled', ...seen, since: NOON - MINUTE, at: NOON, ending, ...facts };
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  unconfirmed: { is: 'unconfirmed', from: NOON, until: NOON + CONFIRM_WITHIN, told: false },
  'unconfirmed, told': { is: 'unconfirmed', from: NOON, until: NOON + CONFIRM_WITHIN, told: true },
  'by the record': { ...CONFIRMED, by: 'device-record', sure: false },
  'failed there': { ...CONFIRMED, outcome: 'failed', errorCode: '0x80508023' },
  'cancelled there': { ...CONFIRMED, outcome: 'cancelled' },
  'never confirmed': { is: 'never-confirmed', from: NOON },
};

export function closed(why: ClosedWhy, refusal?: Refusal): Stage {
  const facts = { refusal, reference: why === 'unexpected' ? 'ref-4711' : undefined, at: NOON };
  return { name: 'closed', why, device: LAPTOP, content: FULL, ...facts };
}

export function proposed(device: Device = LAPTOP, busy?: DefenderScan): Stage {
  return { name: 'proposed', device, busy, until: UNTIL };
}

const AWAITING: Awaiting = {
  name: 'awaiting',
  device: LAPTOP,
  content: FULL,
  busy: undefined,
  demands: [{ needed: 1, by: 'anyone' }],
  askedOf: [{ needed: 1, anyone: true, names: [], more: 0 }],
  changedAt: undefined,
  remindAt: NOON,
  until: UNTIL,
};
export function queued(then: 'run' | 'follow'): Stage {
  const behind = { request: '1' as RequestId, requester: 'Bob Berg', type: 'Quick' } as const;
  return { name: 'queued', device: LAPTOP, content: FULL, by: ALICE.id, at: NOON, behind, then, until: UNTIL };
}

export const REFUSAL_KINDS = Object.keys({
  'sign-in-needed': 1,
  'consent-missing': 1,
  'mfa-needed': 1,
  'session-revoked': 1,
  'account-disabled': 1,
  guest: 1,
  'entra-misconfigured': 1,
  'entra-unavailable': 1,
  'not-found': 1,
  forbidden: 1,
  'feature-disabled': 1,
  'not-allowed': 1,
  'os-not-supported': 1,
  'client-too-old': 1,
  'already-running': 1,
  throttled: 1,
  unauthorized: 1,
  'bad-request': 1,
  failed: 1,
  'no-answer': 1,
  unreadable: 1,
} satisfies Record<RefusalKind, 1>) as RefusalKind[];

const STATUSES: readonly ScanStatus[] = [
  'Pending',
  'InProgress',
  'Unknown',
  'Succeeded',
  'Failed',
  'TimeOut',
  'Cancelled',
];
const RESULTS: readonly ScanStatus[] = ['Succeeded', 'Failed', 'TimeOut', 'Cancelled'];
const CLOSINGS: readonly ClosedWhy[] = [
  'dismissed',
  'signed-out',
  'withdrawn',
  'not-approved',
  'nobody-to-approve',
  'not-allowed',
  'expired',
  'sign-in-expired',
  'not-found',
  'unclear',
  'lost-sight',
  'nothing-to-follow',
  'schedule-stopped',
  'schedule-over',
  'schedule-missed',
  'unexpected',
];

/** Each way in which a request can stand. */
export const EVERY_STAGE: Readonly<Record<string, Stage>> = {
  asked: { name: 'asked', waitsForSignIn: false, until: UNTIL },
  'asked, waits for sign-in': { name: 'asked', waitsForSignIn: true, until: UNTIL },
  choosing: { name: 'choosing', among: [LAPTOP, { ...LAPTOP, id: 'b'.repeat(40) as DeviceId }], until: UNTIL },
  finding: { name: 'choosing', among: [], any: { missed: '' }, until: UNTIL },
  'finding, nothing called so': { name: 'choosing', among: [], any: { missed: 'fin-laptop-77' }, until: UNTIL },
  proposed: proposed(),
  'proposed, busy': proposed({ ...LAPTOP, health: 'Inactive', os: 'Other' }, scanAs('Pending')),
  awaiting: AWAITING,
  'awaiting, changed': { ...AWAITING, changedAt: NOON, busy: scanAs('Pending') },
  scheduled: SCHEDULED,
  'scheduled, waits for sign-in': { ...SCHEDULED, asksSignIn: true },
  approved: { name: 'approved', ...SENT, at: NOON, wait: undefined },
  'approved, waits for sign-in': { name: 'approved', ...SENT, at: NOON, wait: { for: 'sign-in' } },
  'approved, waits for Defender': { name: 'approved', ...SENT, at: NOON, wait: { for: 'defender', until: UNTIL } },
  queued: queued('run'),
  'queued, to follow': queued('follow'),
  submitting: {
    name: 'submitting',
    ...SENT,
    accounts: [],
    intention: NOON,
    refusal: undefined,
    looks: 0,
    lookAt: UNTIL,
  },
  ...Object.fromEntries(STATUSES.map((status) => [`following ${status}`, following(status)])),
  ...Object.fromEntries(STATUSES.map((status) => [`following adopted ${status}`, following(status, true)])),
  ...Object.fromEntries(RESULTS.map((status) => [`settled ${status}`, settled(status)])),
  ...Object.fromEntries(RESULTS.map((status) => [`settled adopted ${status}`, settled(status, true)])),
  ...Object.fromEntries(Object.entries(ENDINGS).map(([name, ending]) => [`settled, ${name}`, ended(ending)])),
  ...Object.fromEntries(CLOSINGS.map((why) => [`closed ${why}`, closed(why)])),
  ...Object.fromEntries(
    REFUSAL_KINDS.map((kind) => [
      `closed refused ${kind}`,
      closed('refused', { kind, status: 403, code: 'X', target: 't-1' }),
    ]),
  ),
  'closed declined': { ...(closed('declined') as Closed), declined: { by: BOB, reason: 'Not during the payroll run' } },
  'closed not-allowed by a rule': {
    ...(closed('not-allowed') as Closed),
    noScan: { why: 'policy', reason: 'Not on servers', rule: 'Servers', unknown: ['os'] },
  },
  'closed expired with a refusal': closed('expired', { kind: 'throttled', retryAt: UNTIL }),
  'closed without a device': {
    ...(closed('not-found') as Extract<Stage, { name: 'closed' }>),
    device: undefined,
    content: undefined,
  },
};

/** What people and devices can be called, and write, to break out of their place. */
export const HOSTILE = [
  '[click](https://evil.example)',
  '<at>Boss</at>',
  '${request} ${$root}',
  '`code` **bold** _it_ ~~no~~',
  'one\n\n# two\r\n- three',
  '\u202egnp.exe\u2066',
  '$t(help.help) {{device}}',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '"}],"x":[{"',
  '<script>alert(1)</script> &amp; &lt;b&gt;',
] as const;
