import assert from 'node:assert/strict';
import type { ScanEnd } from '../../../src/scan/ending.ts';
import { CONFIRM_WITHIN } from '../../../src/scan/ending.ts';
import type { AvRecord } from '../../../src/scan/ending-sources.ts';
import type { DeviceId, PersonId } from '../../../src/scan/ids.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import type { ScanRequest } from '../../../src/scan/scan-request.ts';
import type { Settled } from '../../../src/scan/stage.ts';
import { endingOf } from '../../../src/scan/ending-of.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/scan/time.ts';
import { alice, laptop, NOON, scanOf } from '../../support/requests.ts';
import { Workshop } from '../workshop.ts';

const content = { type: 'Full', comment: 'Check' } as const;

function settled(facts: Partial<Settled> = {}): Settled {
  const scan = scanOf({ status: 'Succeeded', updatedAt: NOON + 30 * SECOND });
  const ending = { is: 'unconfirmed', from: NOON, until: NOON + CONFIRM_WITHIN, told: false } as const;
  return { name: 'settled', device: laptop, content, scan, adopted: false, since: NOON, at: NOON, ending, ...facts };
}

function endAt(at: number, facts: Partial<ScanEnd> = {}): ScanEnd {
  return { device: laptop.id, type: 'Full', outcome: 'completed', at, errorCode: '', ...facts };
}

function recordOf(ends: readonly ScanEnd[] = [], device: DeviceId = laptop.id): AvRecord {
  return { device, mode: 'active', signaturesUpToDate: true, signaturesFrom: NOON, ends };
}

describe('an end that is looked for', () => {
  let shop: Workshop;
  beforeEach(async () => {
    shop = await Workshop.open();
  });
  afterEach(() => shop.close());

  async function puts(facts: Partial<Settled> = {}): Promise<ScanRequest> {
    const request = await shop.put(settled(facts));
    await shop.bench.store.commit({ confirm: { who: alice.id, at: shop.bench.clock.now() } });
    return request;
  }

  function notices(): readonly string[] {
    return shop.said.filter((one) => one !== 'card');
  }

  async function endingNow(request: ScanRequest): Promise<ReturnType<typeof endingOf>> {
    return endingOf((await shop.stageOf(request)) as Settled);
  }

  it('is told with the first answer, by the events when they show it', async () => {
    shop.ends.event = answered([endAt(NOON + HOUR)]);
    shop.ends.record = answered([recordOf([endAt(NOON + HOUR)])]);
    const request = await puts();
    await shop.bench.passes(0);
    const ending = await endingNow(request);
    assert.ok(ending.is === 'confirmed' && ending.by === 'hunting' && ending.sure);
    assert.deepEqual(notices(), ['ended']);
    assert.deepEqual(shop.ends.asked, ['events 1']);
    assert.deepEqual(await shop.bench.store.endings.timesOfDevice(laptop.id, 'Full', 3), [HOUR]);
  });

  it('is told by the record where there is no hunting', async () => {
    shop.ends.record = answered([recordOf([endAt(NOON + HOUR, { outcome: 'failed' })])]);
    const request = await puts();
    await shop.bench.passes(0);
    const ending = await endingNow(request);
    assert.ok(ending.is === 'confirmed' && ending.by === 'device-record' && !ending.sure);
    assert.deepEqual(shop.odd, ['hunting: consent-missing']);
    // What failed says nothing about how long such a scan takes.
    assert.deepEqual(await shop.bench.store.endings.timesOfDevice(laptop.id, 'Full', 3), []);
  });

  it('is nothing that another type of scan shows', async () => {
    shop.ends.record = answered([recordOf([endAt(NOON + HOUR, { type: 'Quick' })])]);
    const request = await puts();
    await shop.bench.passes(0);
    assert.equal((await endingNow(request)).is, 'unconfirmed');
  });

  it('is waited for in silence while a source can still show it', async () => {
    shop.ends.record = answered([recordOf()]);
    const request = await puts();
    for (let looks = 0; looks < 10; looks += 1) await shop.bench.passes(MINUTE);
    assert.deepEqual(shop.said, []);
    assert.ok(shop.ends.asked.filter((one) => one === 'records 1').length >= 8);
    shop.ends.record = answered([recordOf([endAt(NOON + 5 * MINUTE)])]);
    for (let looks = 0; looks < 5; looks += 1) await shop.bench.passes(MINUTE);
    assert.equal((await endingNow(request)).is, 'confirmed');
    assert.deepEqual(notices(), ['ended']);
  });

  it('is told as not confirmed when no source is permitted, and replied to once when one shows it after all', async () => {
    const request = await puts();
    await shop.bench.passes(0);
    assert.deepEqual(notices(), ['ended']);
    assert.deepEqual(shop.odd, ['hunting: consent-missing', 'device-record: forbidden']);
    shop.ends.record = answered([recordOf([endAt(NOON + HOUR)])]);
    for (let hours = 0; hours < 3; hours += 1) await shop.bench.passes(HOUR);
    assert.equal((await endingNow(request)).is, 'confirmed');
    assert.deepEqual(notices(), ['ended', 'ended, changed', 'confirmed']);
    assert.equal(shop.odd.length, 2);
  });

  it('is told as not confirmed when Defender keeps no record of the device', async () => {
    shop.ends.record = answered([]);
    await puts({ device: { ...laptop, os: 'Ubuntu' } });
    await shop.bench.passes(0);
    assert.deepEqual(notices(), ['ended']);
    assert.deepEqual(shop.ends.asked, ['records 1'], 'no events come from another system than Windows');
  });

  it('is told as not confirmed when the sources fail for a quarter of an hour, not when they are busy', async () => {
    shop.ends.event = refused('consent-missing');
    for (const [kind, said] of [
      ['throttled', 0],
      ['failed', 2],
    ] as const) {
      shop.ends.record = refused(kind);
      await puts();
      for (let looks = 0; looks < 20; looks += 1) await shop.bench.passes(MINUTE);
      if (said === 0) assert.deepEqual(shop.said, []);
      else assert.equal(shop.said.filter((one) => one === 'ended').length, said);
    }
  });

  it('is left alone for a minute by what fails', async () => {
    shop.ends.event = refused('consent-missing');
    shop.ends.record = refused('failed');
    await puts();
    await shop.bench.passes(0);
    for (let looks = 0; looks < 5; looks += 1) await shop.bench.passes(10 * SECOND);
    assert.deepEqual(shop.ends.asked, ['events 1', 'records 1']);
    await shop.bench.passes(10 * SECOND);
    assert.equal(shop.ends.asked.filter((one) => one === 'records 1').length, 2);
  });

  it('is looked for in vain for a quarter of an hour on end, before that is told', async () => {
    shop.ends.event = refused('consent-missing');
    shop.ends.record = refused('failed');
    await puts();
    for (let looks = 0; looks < 40; looks += 1) {
      // Now and then there is an answer: it goes on.
      shop.ends.record = looks % 10 === 9 ? answered([recordOf()]) : refused('failed');
      await shop.bench.passes(MINUTE);
    }
    assert.deepEqual(notices(), []);
  });

  it('is one person’s refusal where Defender does not take their sign-in: others are asked all the same', async () => {
    shop.ends.event = refused('unauthorized');
    shop.ends.record = refused('unauthorized');
    await puts();
    await shop.bench.passes(0);
    shop.ends.record = answered([recordOf([endAt(NOON + HOUR)])]);
    const request = await shop.put(settled(), { ...alice, id: 'bob' as PersonId });
    await shop.bench.store.commit({ confirm: { who: 'bob' as PersonId, at: shop.bench.clock.now() } });
    await shop.bench.passes(SECOND);
    assert.equal((await endingNow(request)).is, 'confirmed');
  });

  it('is told as never confirmed after three days, once', async () => {
    shop.ends.record = answered([recordOf()]);
    const request = await puts();
    for (let hours = 0; hours < 74; hours += 1) await shop.bench.passes(HOUR);
    assert.equal((await endingNow(request)).is, 'never-confirmed');
    assert.deepEqual(notices(), ['ended']);
    assert.equal(await shop.bench.store.nextDue(['confirmer']), undefined);
  }).timeout(30_000);

  it('is not told twice when it is never confirmed after it could not be seen', async () => {
    await puts({ ending: { is: 'unconfirmed', from: NOON, until: NOON + MINUTE, told: true } });
    await shop.bench.passes(MINUTE);
    await shop.bench.passes(MINUTE);
    assert.deepEqual(notices(), ['ended, changed']);
  });

  it('is told as not confirmed when the sign-in has ended, and looked for at once with the next one', async () => {
    shop.ends.record = refused('sign-in-needed');
    shop.ends.event = refused('sign-in-needed');
    await puts();
    await shop.bench.passes(0);
    assert.deepEqual(notices(), ['ended']);
    shop.ends.event = answered([endAt(NOON + MINUTE)]);
    await shop.bench.store.commit({ signedIn: alice.id });
    await shop.bench.passes(SECOND);
    assert.deepEqual(notices(), ['ended', 'ended, changed', 'confirmed']);
  });

  it('is asked for many devices at once, twenty to a call of the record', async () => {
    shop.ends.record = answered([]);
    for (let n = 0; n < 45; n += 1) {
      const device = { ...laptop, id: n.toString(16).padStart(40, '0') as DeviceId };
      await shop.put(settled({ device, ending: { is: 'unconfirmed', from: NOON, until: NOON + DAY, told: true } }));
    }
    await shop.bench.store.commit({ confirm: { who: alice.id, at: NOON } });
    await shop.bench.passes(0);
    assert.deepEqual(shop.ends.asked, ['events 45', 'records 20', 'records 20', 'records 5']);
  });

  describe('by the app’s own right', () => {
    it('is taken over from the requester, and back', async () => {
      shop.ends.record = answered([recordOf()]);
      shop.start({ statusReader: 'application' });
      await puts();
      await shop.bench.passes(0);
      assert.deepEqual(shop.ends.readers.at(-1), { as: 'application' });
      shop.start({ statusReader: 'requester' });
      await shop.bench.passes(2 * MINUTE);
      assert.equal(shop.ends.readers.at(-1)?.as, 'person');
    });
  });
});
