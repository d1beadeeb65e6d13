import type { ActionId, DeviceId, PersonId, RequestId, ThreadId } from '../../src/scan/ids.ts';
import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { Device } from '../../src/scan/device.ts';
import type { Person, Thread } from '../../src/scan/person.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage, Submitting } from '../../src/scan/stage.ts';

export const NOON = Date.UTC(2026, 10, 20, 12);

export const alice: Person = {
  id: '11111111-aaaa-4aaa-8aaa-111111111111' as PersonId,
  name: 'Alice Andersson',
  teamsId: '29:alice',
  locale: 'en-GB',
  timeZone: 'Europe/Stockholm',
};

export const laptop: Device = {
  id: 'a1'.repeat(20) as DeviceId,
  name: 'fin-laptop-07.contoso.com',
  os: 'Windows11',
  osVersion: '24H2',
  osBuild: '26100',
  health: 'Active',
  onboarding: 'Onboarded',
  lastSeen: NOON - 3_600_000,
  risk: 'Low',
  value: 'Normal',
  group: 'Finance',
  lastIp: '10.0.0.7',
  tags: [],
  mergedInto: undefined,
};

export function scanOf(facts: Partial<DefenderScan> = {}): DefenderScan {
  return {
    id: 'c0ffee00-0000-4000-8000-000000000001' as ActionId,
    device: laptop.id,
    status: 'Pending',
    word: 'Pending',
    type: 'Full',
    requester: 'alice@contoso.com',
    comment: 'Check',
    createdAt: NOON,
    updatedAt: NOON,
    errorCode: '',
    ...facts,
  };
}

export function submitting(facts: Partial<Submitting> = {}): Submitting {
  return {
    name: 'submitting',
    device: laptop,
    content: { type: 'Full', comment: 'Check' },
    by: alice.id,
    accounts: ['alice@contoso.com'],
    intention: NOON,
    posts: 1,
    lost: 0,
    refusal: undefined,
    looks: 0,
    lookAt: NOON + 12_000,
    until: NOON + 3_600_000,
    ...facts,
  };
}

export const channel: Thread = {
  id: '19:soc@thread.tacv2;messageid=1' as ThreadId,
  kind: 'channel',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  botId: '28:bot',
  botName: 'Scan Bot',
  tenantId: 't',
  team: '19:team@thread.tacv2',
  channel: '19:soc@thread.tacv2',
};

export function requestIn<S extends Stage>(stage: S): ScanRequest & { readonly stage: S } {
  return {
    id: '0f0f0f0f-0000-4000-8000-000000000001' as RequestId,
    rev: 3,
    requester: alice,
    thread: channel.id,
    askedAt: NOON - 60_000,
    wanted: { device: 'fin-laptop-07', type: 'Full', comment: 'Check' },
    stage,
  };
}
