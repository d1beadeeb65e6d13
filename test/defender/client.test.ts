import assert from 'node:assert/strict';
import { answered, refused } from '../../src/scan/refusal.ts';
import { DAY, SECOND } from '../../src/scan/time.ts';
import { defaultDevices, standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { DefenderClient } from '../../src/defender/client.ts';
import { MemoryCallBudget } from './memory-call-budget.ts';
import type { Net, NetRequest } from '../../src/net/request.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import { alice, contoso, NOON, PEOPLE } from './contoso.ts';
import type { Contoso } from './contoso.ts';

const PERSON = { as: 'person', person: alice } as const;
const CALLER = { token: 'alice', reserve: true };

function named(name: string, facts: Partial<StandInDevice> = {}): StandInDevice {
  return { ...standInDevice({ name, ip: '10.0.0.1' }, NOON), ...facts };
}

describe('a search for devices', () => {
  const twin = standInId('a former life');
  let here: Contoso;

  before(async () => {
    const devices = [
      named('fin-07'),
      named('fin-07.contoso.com'),
      named('fin-07-old.contoso.com'),
      named('srv.contoso.com'),
      named('srv.fabrikam.com', { id: standInId('fabrikam') }),
      named('Mixed-Case.contoso.com'),
      named("o'neil.contoso.com"),
      named('lab.contoso.com'),
      named('lab.contoso.com', { id: twin, mergedInto: standInId('lab.contoso.com') }),
      named('gone.contoso.com', { mergedInto: standInId('nowhere') }),
      named('kiosk'),
      named('plant.contoso.com', { group: { id: 1, name: 'Plant' } }),
    ];
    here = await contoso({ devices });
    here.standIn.moods.start('no-quota');
  });

  afterEach(() => {
    here.standIn.moods.clear();
    here.standIn.moods.start('no-quota');
    here.tokens.first = answered('alice');
    here.net.sent.length = 0;
  });

  after(() => here.standIn.close());

  async function found(typed: string): Promise<readonly string[]> {
    const answer = await here.defender.findDevices(alice, typed);
    assert(answer.ok, JSON.stringify(answer));
    return answer.value.map(({ name }) => name);
  }

  it('finds a full name, and only that', async () => {
    assert.deepEqual(await found('fin-07.contoso.com'), ['fin-07.contoso.com']);
    assert.deepEqual(await found('srv.contoso.com'), ['srv.contoso.com']);
  });

  it('takes a short name for any domain, but not for the start of a longer one', async () => {
    assert.deepEqual(await found('fin-07'), ['fin-07', 'fin-07.contoso.com']);
    assert.deepEqual(await found('srv'), ['srv.contoso.com', 'srv.fabrikam.com']);
    assert.deepEqual(await found('sr'), []);
  });

  it('does not take a full name for a device that only has a short one', async () => {
    assert.deepEqual(await found('kiosk.contoso.com'), []);
  });

  it('tells no capitals apart', async () => {
    assert.deepEqual(await found('MIXED-case.CONTOSO.com'), ['Mixed-Case.contoso.com']);
    assert.deepEqual(await found('mixed-case'), ['Mixed-Case.contoso.com']);
  });

  it('asks again as typed where Defender tells capitals apart', async () => {
    here.standIn.moods.start('exact-case');
    assert.deepEqual(await found('Mixed-Case'), ['Mixed-Case.contoso.com']);
    assert.deepEqual(
      here.net.sent.map(({ url }) => new URL(url).searchParams.get('$filter')),
      ["startswith(computerDnsName,'mixed-case')", "startswith(computerDnsName,'Mixed-Case')"],
    );
  });

  it('cannot be talked into another filter', async () => {
    assert.deepEqual(await found("o'neil"), ["o'neil.contoso.com"]);
    assert.deepEqual(await found("x') or startswith(computerDnsName,'"), []);
  });

  it('hides a merged row behind the one that survives', async () => {
    const answer = await here.defender.findDevices(alice, 'lab');
    assert(answer.ok);
    assert.deepEqual(
      answer.value.map(({ id }) => id),
      [standInId('lab.contoso.com')],
    );
  });

  it('shows a merged row when it is all there is', async () => {
    assert.deepEqual(await found('gone'), ['gone.contoso.com']);
    assert.deepEqual(await found(twin), ['lab.contoso.com']);
  });

  it('goes straight to a device by its id, in any case', async () => {
    assert.deepEqual(await found(standInId('kiosk').toUpperCase()), ['kiosk']);
    assert(here.net.sent[0]?.url.endsWith(`/api/machines/${standInId('kiosk')}`));
  });

  it('finds nothing by an id that nobody has', async () => {
    assert.deepEqual(await found('0'.repeat(40)), []);
  });

  it('finds nothing where Defender answers an empty search with 404', async () => {
    here.standIn.moods.start('refuses', { status: 404, word: 'ResourceNotFound' });
    assert.deepEqual(await found('kiosk'), []);
  });

  it('shows a person the devices of their groups only', async () => {
    assert(PEOPLE.some(({ handle, deviceGroups }) => handle === 'clerk' && deviceGroups !== undefined));
    here.tokens.first = answered('clerk');
    assert.deepEqual(await found('plant'), []);
    assert.deepEqual(await found(standInId('plant.contoso.com')), []);
    here.standIn.moods.start('groups-forbidden');
    const answer = await here.defender.findDevices(alice, 'plant');
    assert(!answer.ok);
    assert.equal(answer.refusal.kind, 'forbidden');
  });

  it('asks nothing for what cannot be a name', async () => {
    assert.deepEqual(await found('   '), []);
    assert.deepEqual(await found('x'.repeat(256)), []);
    assert.deepEqual(here.net.sent, []);
  });
});

describe('the scans of a device', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso({ devices: defaultDevices(NOON) });
  });

  afterEach(() => here.standIn.close());

  function add(facts: { readonly device: number; readonly ago: number; readonly kind?: string }): string {
    const device = here.standIn.devices[facts.device];
    assert(device !== undefined);
    const order = { device, type: 'Quick', comment: 'x', requestor: 'bob', at: NOON - facts.ago * SECOND } as const;
    return here.standIn.actions.add({ ...order, kind: facts.kind ?? 'RunAntiVirusScan' }).id;
  }

  it('come newest first, without other devices and other actions', async () => {
    const older = add({ device: 0, ago: 900 });
    const newer = add({ device: 0, ago: 300 });
    add({ device: 1, ago: 200 });
    add({ device: 0, ago: 100, kind: 'Isolate' });
    const answer = await here.defender.scansOfDevice(PERSON, standInId('fin-laptop-07.contoso.com') as DeviceId);
    assert(answer.ok);
    assert.deepEqual(
      answer.value.map(({ id }) => id),
      [newer, older],
    );
  });

  it('are all found in one call for everything since a time', async () => {
    const one = add({ device: 0, ago: 10 });
    add({ device: 1, ago: 11 });
    const answer = await here.defender.scansSince(PERSON, NOON - 10.5 * SECOND);
    assert(answer.ok);
    assert.deepEqual(
      answer.value.map(({ id }) => id),
      [one],
    );
    const query = new URL(here.net.sent[0]?.url ?? '').searchParams;
    assert.equal(query.get('$filter'), "type eq 'RunAntiVirusScan' and creationDateTimeUtc ge 2026-11-20T11:59:49Z");
    assert.equal(query.get('$top'), '10000');
    assert.equal(here.net.sent.length, 1);
  });

  it('are read page by page until a short page', async function () {
    this.timeout(180_000);
    const device = here.standIn.devices[0];
    assert(device !== undefined);
    for (let count = 0; count < 10_001; count += 1) {
      const order = { device, type: 'Quick', comment: 'x', requestor: 'bob' } as const;
      here.standIn.actions.add({ ...order, at: NOON - DAY - count * SECOND });
    }
    const answer = await here.defender.scansSince(PERSON, 0);
    assert(answer.ok);
    assert.equal(answer.value.length, 10_001);
    assert.equal(new Set(answer.value.map(({ id }) => id)).size, 10_001);
    assert.deepEqual(
      here.net.sent.map(({ url }) => new URL(url).searchParams.get('$skip')),
      [null, '10000'],
    );
  });
});

describe('a list that Defender garbles', () => {
  const ROW = {
    id: 'a1',
    machineId: 'b'.repeat(40),
    type: 'RunAntiVirusScan',
    creationDateTimeUtc: '2026-11-20T12:00:00Z',
  };

  function clientOf(answer: (request: NetRequest) => unknown): { client: DefenderClient; sent: NetRequest[] } {
    const sent: NetRequest[] = [];
    const request: Net['request'] = (wanted) => {
      sent.push(wanted);
      return Promise.resolve({ ok: true, status: 200, headers: {}, text: JSON.stringify(answer(wanted)) });
    };
    const net: Net = { request, fetch: () => Promise.reject(new Error('not used')) };
    const clock = { now: () => NOON, after: () => () => undefined };
    const settings = { baseUrl: 'http://localhost/', net, clock, budget: new MemoryCallBudget(), timeoutMs: 1000 };
    return { client: new DefenderClient(settings), sent };
  }

  it('is unreadable without its rows', async () => {
    const { client } = clientOf(() => ({ values: [] }));
    assert.deepEqual(await client.scansSince(CALLER, 0), refused('unreadable'));
    assert.deepEqual(await client.findDevices(CALLER, 'x'), refused('unreadable'));
  });

  it('is not taken for all scans of a device when one cannot be read', async () => {
    const { client } = clientOf(() => ({ value: [ROW, { ...ROW, id: null }] }));
    assert.deepEqual(await client.scansOfDevice(CALLER, ROW.machineId as DeviceId), refused('unreadable'));
  });

  it('does not stop the following of all other scans', async () => {
    const { client } = clientOf(() => ({ value: [null, ROW, { ...ROW, creationDateTimeUtc: 'yesterday' }] }));
    const answer = await client.scansSince(CALLER, 0);
    assert(answer.ok);
    assert.equal(answer.value.length, 1);
  });

  it('does not count rows that were not asked for', async () => {
    const { client } = clientOf(() => ({
      value: [ROW, { ...ROW, type: 'Isolate' }, { ...ROW, id: 'c', machineId: 'c'.repeat(40) }],
    }));
    const answer = await client.scansOfDevice(CALLER, ROW.machineId as DeviceId);
    assert(answer.ok);
    assert.equal(answer.value.length, 1);
  });

  it('is not mistaken for nothing when no device in it can be read', async () => {
    const { client } = clientOf(() => ({ value: [{ id: 'short', computerDnsName: 'x' }] }));
    assert.deepEqual(await client.findDevices(CALLER, 'x'), refused('unreadable'));
  });

  it('goes on behind a short page that says so, at the same address', async () => {
    const pages = [
      { value: [ROW], '@odata.nextLink': 'https://elsewhere.example/' },
      { value: [{ ...ROW, id: 'a2' }] },
    ];
    const { client, sent } = clientOf(() => pages.shift());
    const answer = await client.scansSince(CALLER, 0);
    assert(answer.ok);
    assert.equal(answer.value.length, 2);
    assert(sent.every(({ url }) => url.startsWith('http://localhost/api/machineactions?')));
  });

  it('comes to an end when the pages do not', async () => {
    const { client, sent } = clientOf(() => ({ value: [ROW], '@odata.nextLink': 'x' }));
    assert.deepEqual(await client.scansSince(CALLER, 0), refused('unreadable', { code: 'endless-list' }));
    assert.equal(sent.length, 10);
  });
});
