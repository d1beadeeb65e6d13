import { randomUUID } from 'node:crypto';
import type { ActionId, DeviceId, PersonId, RequestId, ThreadId, Time } from '../../src/scan/ids.ts';
import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { Device } from '../../src/scan/device.ts';
import type { Search } from '../../src/scan/findings.ts';
import type { Message } from '../../src/scan/message.ts';
import type { Errand } from '../../src/scan/errand.ts';
import type { Event } from '../../src/scan/event.ts';
import type { Person, Thread } from '../../src/scan/person.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage } from '../../src/scan/stage.ts';
import { HOUR } from '../../src/scan/time.ts';

export const NOON: Time = Date.UTC(2026, 10, 20, 12);
export const CHANNEL = 'channel' as ThreadId;
export const CHAT = 'chat' as ThreadId;

export function personOf(name: string): Person {
  const id = name as PersonId;
  return { id, name, teamsId: `29:${name}`, locale: 'de-DE', timeZone: 'Europe/Berlin' };
}

export const alice = personOf('alice');
export const bob = personOf('bob');

export function threadOf(id: ThreadId): Thread {
  const place = { serviceUrl: 'https://teams.example/', botId: '28:bot', botName: 'Scan Bot', tenantId: 'tenant' };
  return { id, kind: 'channel', ...place, team: undefined, channel: 'general' };
}

export function deviceOf(name: string): Device {
  const words = { os: 'Windows11', osVersion: '24H2', osBuild: '26100', health: 'Active', onboarding: 'Onboarded' };
  const place = { risk: 'Low', value: 'High', group: '', lastIp: '10.0.0.1', tags: ['a', 'ü\u0000"'] };
  return { id: name as DeviceId, name, ...words, ...place, lastSeen: undefined, mergedInto: undefined };
}

export const laptop = deviceOf('laptop');
const content = { type: 'Full', comment: 'alert 3212\r\n“again” 🦠' } as const;

export const runningScan: DefenderScan = {
  id: 'action' as ActionId,
  device: laptop.id,
  status: 'InProgress',
  word: 'InProgress',
  type: undefined,
  requester: 'alice@example.com',
  comment: content.comment,
  createdAt: NOON,
  updatedAt: NOON,
  errorCode: '',
};

const following = { device: laptop, content, scan: runningScan, adopted: false, since: NOON };
const decided = { device: laptop, content, by: alice.id, posts: 0, lost: 0, until: NOON + HOUR };
const kept = { device: laptop, content, at: NOON };

/** One of each, with members that are undefined and members that are left out. */
export const stages = {
  asked: { name: 'asked', waitsForSignIn: false, until: NOON + HOUR },
  askedWaiting: { name: 'asked', waitsForSignIn: true, until: NOON + HOUR },
  choosing: { name: 'choosing', among: [laptop, deviceOf('laptop.other')], until: NOON + HOUR },
  proposed: { name: 'proposed', device: laptop, busy: undefined, until: NOON + HOUR },
  awaiting: {
    name: 'awaiting',
    device: laptop,
    content: decided.content,
    busy: undefined,
    demands: [{ needed: 1, by: 'anyone' }],
    askedOf: [{ needed: 1, anyone: true, names: [], more: 0 }],
    changedAt: undefined,
    remindAt: NOON + HOUR / 2,
    until: NOON + HOUR,
  },
  approved: { ...decided, name: 'approved', at: NOON, wait: undefined },
  approvedWaiting: { ...decided, name: 'approved', at: NOON, wait: { for: 'sign-in' } },
  submitting: {
    ...decided,
    name: 'submitting',
    accounts: ['a'],
    intention: NOON,
    refusal: undefined,
    looks: 1,
    lookAt: NOON + 5,
  },
  following: { ...following, name: 'following', waited: true },
  settled: { ...following, name: 'settled', at: NOON + 9 },
  unconfirmed: {
    ...following,
    name: 'settled',
    at: NOON + 9,
    ending: { is: 'unconfirmed', from: NOON, until: NOON + HOUR, told: false },
  },
  closed: {
    ...kept,
    name: 'closed',
    why: 'refused',
    refusal: { kind: 'forbidden', status: 403 },
    reference: undefined,
  },
} as const satisfies Record<string, Stage>;

export interface RequestWish {
  readonly id?: string;
  readonly by?: Person;
  readonly stage?: Stage;
  readonly askedAt?: Time;
}

export function requestOf(wish: RequestWish = {}): ScanRequest {
  const { id = randomUUID(), by = alice, stage = stages.asked, askedAt = NOON } = wish;
  const wanted = { device: 'laptop', type: undefined, comment: 'why' };
  return { id: id as RequestId, rev: 0, requester: by, thread: CHANNEL, askedAt, wanted, stage };
}

export function moved(request: ScanRequest, stage: Stage): ScanRequest {
  return { ...request, rev: request.rev + 1, stage };
}

export function messageOf(id: string, thread: ThreadId = CHANNEL): Message {
  const notice = { say: 'help', guess: undefined } as const;
  return { id, thread, to: alice, content: { kind: 'notice', notice, mention: false } };
}

export function errandOf(id: string, waitsForSignIn = false): Errand {
  const what = { command: 'status', device: 'laptop' } as const;
  return { id: id as RequestId, person: alice, thread: CHAT, what, waitsForSignIn, until: NOON + HOUR };
}

export function searchOf(request: string, then: readonly Message[] = []): Search {
  return { request: request as RequestId, looks: 0, endedAt: NOON, then };
}

export function eventOf(request: string): Event {
  return { request: request as RequestId, at: NOON, who: 'bot', what: 'asked', facts: { device: 'laptop', tries: 1 } };
}
