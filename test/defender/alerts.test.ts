import assert from 'node:assert/strict';
import { DefenderAlerts } from '../../src/defender/alerts.ts';
import { readAlert } from '../../src/defender/wire-alert.ts';
import { createNet } from '../../src/net/request.ts';
import { DefenderStandIn } from '../../src/sandbox/defender/stand-in.ts';
import type { DeviceId, PersonId } from '../../src/scan/ids.ts';
import { answered } from '../../src/scan/refusal.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { people } from '../support/cast.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alice } from '../support/requests.ts';
import { MemoryCallBudget } from './memory-call-budget.ts';

const DEVICE = 'fin-laptop-07.contoso.com';
const bob = '33333333-3333-4333-8333-333333333333' as PersonId;

describe('the alerts that a person may see', () => {
  const clock = new FakeClock();
  let standIn: DefenderStandIn;
  let alerts: DefenderAlerts;
  let scopes: readonly string[];

  beforeEach(async () => {
    scopes = ['Alert.Read'];
    const caller = { kind: 'person', oid: people[0]!.oid, upn: people[0]!.upn, roles: [] } as const;
    const verifyToken = (): Promise<typeof caller & { readonly scopes: readonly string[] }> =>
      Promise.resolve({ ...caller, scopes });
    standIn = await DefenderStandIn.start({ verifyToken, people, clock });
    alerts = new DefenderAlerts({
      baseUrl: standIn.url,
      net: createNet(),
      clock,
      budget: new MemoryCallBudget(),
      timeoutMs: 5 * SECOND,
      token: () => Promise.resolve(answered('token')),
    });
  });
  afterEach(() => standIn.close());

  const id = (): DeviceId => standIn.devices.find(({ name }) => name === DEVICE)!.id as DeviceId;

  it('are those of one device that changed since then', async () => {
    standIn.raise(DEVICE, { title: 'old', at: clock.now() - DAY });
    standIn.raise(DEVICE, { title: 'new' });
    standIn.raise('dev-station-02.contoso.com', { title: 'elsewhere' });
    const answer = await alerts.ofDevice(alice, id(), clock.now() - HOUR);
    assert.ok(answer.ok);
    assert.deepEqual(
      answer.value.map(({ title, device }) => [title, device]),
      [['new', id()]],
    );
  });

  it('are read without a filter where Defender does not take one here', async () => {
    standIn.raise(DEVICE, { title: 'new' });
    standIn.moods.start('refuses', { on: 'device-alerts', status: 400, word: 'ODataError', times: 1 });
    const answer = await alerts.ofDevice(alice, id(), clock.now());
    assert.ok(answer.ok && answer.value.length === 1);
  });

  describe('of more devices than Defender takes calls for', () => {
    const all = (): number => standIn.wire.entries.filter(({ path }) => path === '/api/alerts').length;

    beforeEach(() => {
      standIn.moods.start('throttled', { on: 'device-alerts', times: 1000, seconds: 600 });
    });

    it('are read by one call for all of them, which others share at that moment', async () => {
      standIn.raise(DEVICE, { title: 'new' });
      standIn.raise('dev-station-02.contoso.com', { title: 'elsewhere' });
      const other = standIn.devices.find(({ name }) => name === 'dev-station-02.contoso.com')!.id as DeviceId;
      for (const [device, since, title] of [
        [id(), clock.now() - HOUR, 'new'],
        [other, clock.now() - 2 * HOUR, 'elsewhere'],
      ] as const) {
        const answer = await alerts.ofDevice(alice, device, since);
        assert.deepEqual(answer.ok && answer.value.map((alert) => [alert.device, alert.title]), [[device, title]]);
      }
      assert.equal(all(), 1);
      clock.advance(MINUTE);
      await alerts.ofDevice(alice, id(), clock.now());
      assert.equal(all(), 2, 'a minute later it is another look');
      await alerts.ofDevice(alice, id(), clock.now() - 3 * DAY);
      assert.equal(all(), 3, 'a scan that began earlier than what was read');
      await alerts.ofDevice({ ...alice, id: bob }, id(), clock.now());
      assert.equal(all(), 4, 'what one person may see is nobody else’s');
    });

    it('are not known while there is no room for that one either', async () => {
      standIn.moods.start('throttled', { on: 'list-alerts', times: 1, seconds: 30 });
      const answer = await alerts.ofDevice(alice, id(), clock.now());
      assert.equal(!answer.ok && answer.refusal.kind, 'throttled');
      clock.advance(31 * SECOND);
      assert.ok((await alerts.ofDevice(alice, id(), clock.now())).ok);
    });
  });

  it('are those of an incident', async () => {
    const named = standIn.raise(DEVICE, { incident: 7587 });
    standIn.raise(DEVICE, { incident: 7588 });
    const answer = await alerts.ofIncident(alice, 7587);
    assert.deepEqual(answer.ok && answer.value.map((alert) => alert.id), [named]);
  });

  it('are found by their ids, negative ones too', async () => {
    const named = standIn.raise(DEVICE, { title: 'Named', severity: 'High' });
    assert.match(named, /_-/);
    const answer = await alerts.byId(alice, named);
    assert.ok(answer.ok);
    assert.deepEqual(
      [answer.value.title, answer.value.severity, answer.value.incident !== undefined],
      ['Named', 'High', true],
    );
    const none = await alerts.byId(alice, 'da000000000000000000_1');
    assert.equal(!none.ok && none.refusal.kind, 'not-found');
  });

  it('are unknown, not none, without the right to read them', async () => {
    scopes = ['Machine.Scan', 'Machine.Read'];
    const answer = await alerts.ofDevice(alice, id(), clock.now());
    assert.equal(!answer.ok && answer.refusal.kind, 'forbidden');
  });
});

describe('an alert on the wire', () => {
  it('needs an id and a time, and no more', () => {
    const alert = readAlert({
      id: 'da1',
      alertCreationTime: '2026-11-20T12:00:00.1234567Z',
      threatName: 'EICAR',
      severity: null,
    });
    assert.deepEqual([alert?.family, alert?.severity, alert?.createdAt === alert?.lastSeenAt], ['EICAR', '', true]);
    for (const body of [{ id: 'da1' }, { alertCreationTime: '2026-11-20T12:00:00Z' }, 'alert', undefined])
      assert.equal(readAlert(body), undefined);
  });
});
