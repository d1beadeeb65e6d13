import assert from 'node:assert/strict';
import type { Findings } from '../../../src/scan/findings.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import type { ScanRequest } from '../../../src/scan/scan-request.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/scan/time.ts';
import { NOON, scanOf } from '../../support/requests.ts';
import { alertOf } from '../findings.test.ts';
import { POLL, Workshop } from '../workshop.ts';

describe('a search for what a scan found', () => {
  let shop: Workshop;
  beforeEach(async () => {
    shop = await Workshop.open();
  });
  afterEach(() => shop.close());

  /** A scan that has just ended. */
  async function ended(): Promise<ScanRequest> {
    shop.defender.scans = answered([scanOf({ status: 'Succeeded' })]);
    const request = await shop.follows();
    await shop.bench.passes(POLL);
    return request;
  }

  async function findings({ id }: ScanRequest): Promise<Findings | undefined> {
    return (await shop.bench.store.request(id))?.findings;
  }

  it('holds the notice of the end until it has looked, and no longer', async () => {
    await ended();
    assert.deepEqual(shop.said, ['card', 'card', 'card', 'ended']);
  });

  it('looks twice and rests', async () => {
    const request = await ended();
    await shop.bench.passes(15 * MINUTE);
    assert.equal(shop.alerts.asked, 2);
    assert.equal((await findings(request))?.nextLookAt, undefined);
    await shop.bench.passes(24 * HOUR);
    assert.equal(shop.alerts.asked, 2);
    assert.equal(await shop.bench.store.search(request.id), undefined);
  });

  it('lets the notice go when Defender does not answer, and tells later', async () => {
    const found = answered([alertOf({ lastSeenAt: NOON + HOUR })]);
    shop.alerts.answers = [refused('no-answer'), refused('throttled', { retryAt: NOON + 2 * MINUTE }), found];
    const request = await ended();
    assert.deepEqual(shop.said, ['card', 'card', 'card', 'ended']);
    assert.equal((await findings(request))?.are, 'unknown');
    for (let passed = 0; passed < 5; passed += 1) await shop.bench.passes(MINUTE);
    assert.equal((await findings(request))?.are, 'known');
    assert.equal(shop.said.at(-1), 'found-later');
  });

  it('stops asking after two hours', async () => {
    shop.alerts.answers = [refused('failed')];
    const request = await ended();
    for (let passed = 0; passed < 3 * 60; passed += 1) await shop.bench.passes(MINUTE);
    const { asked } = shop.alerts;
    await shop.bench.passes(24 * HOUR);
    assert.equal(shop.alerts.asked, asked);
    assert.deepEqual(await findings(request), { are: 'unknown', why: { kind: 'failed' }, nextLookAt: undefined });
  });

  it('does not forget what it knows when the second look is refused', async () => {
    shop.alerts.answers = [answered([alertOf({ lastSeenAt: NOON + HOUR })]), refused('sign-in-needed')];
    const request = await ended();
    await shop.bench.passes(15 * MINUTE);
    const known = await findings(request);
    assert.ok(known?.are === 'known');
    assert.deepEqual([known.count, known.nextLookAt], [1, undefined]);
  });

  it('looks a second time after a sign-in that was missing at first', async () => {
    shop.alerts.answers = [refused('sign-in-needed'), answered([alertOf({ lastSeenAt: NOON + HOUR })])];
    const request = await ended();
    await shop.bench.passes(15 * MINUTE);
    assert.equal((await findings(request))?.are, 'known');
    assert.equal(shop.said.at(-1), 'found-later');
  });

  it('says once that a right is missing, whatever the number of scans', async () => {
    shop.alerts.answers = [refused('consent-missing')];
    await ended();
    await ended();
    await shop.bench.passes(SECOND);
    assert.equal(shop.said.filter((said) => said === 'no-alerts').length, 1);
    assert.equal(shop.said.filter((said) => said === 'ended').length, 2);
  });

  it('begins no second search for a scan that was dismissed', async () => {
    const request = await shop.put({ name: 'asked', waitsForSignIn: false, until: NOON });
    await shop.bench.store.commit({
      search: { search: { request: request.id, looks: 0, endedAt: NOON, then: [] }, at: NOON },
    });
    await shop.bench.passes(SECOND);
    assert.equal(shop.alerts.asked, 0);
  });
});
