import assert from 'node:assert/strict';
import type { DefenderScan } from '../../../src/scan/defender-scan.ts';
import type { ActionId, PersonId } from '../../../src/scan/ids.ts';
import type { Person } from '../../../src/scan/person.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import type { Outcome } from '../../../src/scan/outcome.ts';
import type { Store, Write } from '../../../src/scan/ports.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/scan/time.ts';
import { FollowerWorker } from '../../../src/scan/work/follower-worker.ts';
import type { WorkParts, WorkSettings } from '../../../src/scan/work/parts.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../../support/requests.ts';
import { ScriptedDefender } from '../scripted-defender.ts';
import { POLL, Workshop } from '../workshop.ts';

const following = requestIn({
  name: 'following',
  device: laptop,
  content: { type: 'Full', comment: 'Check' },
  scan: scanOf(),
  adopted: false,
  since: NOON,
  waited: true,
});

const bob: Person = { ...alice, id: '22222222-bbbb-4bbb-8bbb-222222222222' as PersonId, name: 'Bob Berg' };

describe('following', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await Workshop.open();
  });

  afterEach(() => shop.close());

  const scan = (name: string, facts: Partial<DefenderScan> = {}): DefenderScan =>
    scanOf({ id: name as ActionId, ...facts });

  /** Defender's list, as it is from now on. */
  const shows = (...scans: readonly DefenderScan[]): void => {
    shop.defender.scans = answered(scans);
  };

  const lists = (): readonly string[] => shop.defender.asked.filter((call) => call.startsWith('list'));

  it('asks once for all scans of a person, and once for each person', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    shows(...names.map((name) => scan(name)), scan('f'));
    for (const name of names) await shop.follows({ scan: scan(name) });
    await shop.put({ ...(await shop.stageOf(await shop.follows({ scan: scan('f') }, bob.id))) }, bob);
    await shop.bench.passes(POLL);
    shop.defender.asked.length = 0;
    await shop.bench.passes(POLL);
    assert.deepEqual(shop.defender.asked.toSorted(), ['list alice', 'list bob']);
  });

  it('looks no sooner than it should, whoever signs in and whatever starts in between', async () => {
    shows(scan('a'), scan('b'));
    await shop.follows({ scan: scan('a') });
    await shop.bench.passes(0);
    assert.equal(lists().length, 1);
    await shop.bench.store.commit({ signedIn: alice.id });
    await shop.follows({ scan: scan('b') });
    await shop.bench.passes(POLL - 1);
    assert.equal(lists().length, 1);
    await shop.bench.passes(MINUTE);
    assert(lists().length >= 2);
  });

  it('rests when nothing is left to follow, and begins again with the next scan', async () => {
    shows(scan('a', { status: 'Succeeded' }));
    await shop.follows({ scan: scan('a') });
    await shop.bench.passes(POLL);
    await shop.bench.passes(POLL);
    shop.defender.asked.length = 0;
    await shop.bench.passes(DAY);
    assert.deepEqual(shop.defender.asked, []);
    shows(scan('b', { status: 'Succeeded' }));
    const request = await shop.follows({ scan: scan('b') });
    await shop.bench.passes(POLL);
    assert.equal((await shop.stageOf(request)).name, 'settled');
  });

  it('tells the operator of an unknown word once, and of another one again', async () => {
    const request = await shop.follows({ scan: scan('a') });
    for (const word of ['Queued', 'Queued', 'Paused', 'Paused']) {
      shows(scan('a', { status: 'Unknown', word }));
      await shop.bench.passes(POLL);
    }
    assert.deepEqual(
      shop.odd.map((line) => line.split(': ')[1]),
      ['Queued', 'Paused'],
    );
    assert.deepEqual(shop.said, ['card', 'card']);
    assert.equal((await shop.stageOf(request)).name, 'following');
  });

  describe('a scan that the list leaves out', () => {
    it('is asked for by its id after a while, and is not over when Defender knows nothing of it', async () => {
      const request = await shop.follows({ scan: scan('a') });
      await shop.bench.passes(MINUTE);
      assert(!shop.defender.asked.includes('scan a'));
      for (let looks = 0; looks < 12; looks += 1) await shop.bench.passes(POLL);
      assert(shop.defender.asked.includes('scan a'));
      assert.equal((await shop.stageOf(request)).name, 'following');
      assert.equal(shop.odd.length, 1, 'noted once');
      shop.defender.single = answered(scan('a', { status: 'Succeeded' }));
      await shop.bench.passes(POLL);
      assert.equal((await shop.stageOf(request)).name, 'settled');
    });

    it('keeps no other one waiting', async () => {
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const name of names) await shop.follows({ scan: scan(name) });
      await shop.bench.passes(3 * MINUTE);
      shop.defender.asked.length = 0;
      await shop.bench.passes(POLL);
      assert.equal(shop.defender.asked.length, 4, 'a few at a time');
      await shop.bench.passes(POLL);
      const asked = new Set(shop.defender.asked.filter((call) => call.startsWith('scan')));
      assert.equal(asked.size, 5);
    });
  });

  it('ends, and says that it does, when Defender has told of no end for days', async () => {
    const request = await shop.follows({ scan: scan('a') });
    shows(scan('a'));
    await shop.bench.passes(4 * DAY);
    assert.equal((await shop.stageOf(request)).name, 'following');
    await shop.bench.passes(MINUTE);
    const stage = await shop.stageOf(request);
    assert(stage.name === 'closed');
    assert.equal(stage.why, 'lost-sight');
    assert.deepEqual(shop.said, ['card', 'ended']);
  });

  describe('without a sign-in', () => {
    beforeEach(async () => {
      shop.defender.scans = refused('sign-in-needed');
      for (const [index, name] of ['a', 'b', 'c'].entries())
        await shop.follows({ scan: scan(name), since: NOON + index });
    });

    it('asks for it once, however many scans there are, and keeps them open', async () => {
      for (let looks = 0; looks < 8; looks += 1) await shop.bench.passes(5 * MINUTE);
      assert.deepEqual(shop.said, ['sign-in-to-follow', 'sign-in']);
      assert.equal((await shop.bench.store.following(alice.id)).length, 3);
    });

    it('goes on at once after it, and asks again when it is gone again', async () => {
      await shop.bench.passes(POLL);
      shows(scan('a', { status: 'Succeeded' }), scan('b'), scan('c'));
      await shop.bench.store.commit({ signedIn: alice.id });
      await shop.bench.passes(SECOND);
      assert.deepEqual(shop.said, ['sign-in-to-follow', 'sign-in', 'card', 'card', 'card', 'ended']);
      shop.defender.scans = refused('session-revoked');
      await shop.bench.passes(POLL);
      assert.deepEqual(shop.said.slice(6), ['sign-in-to-follow', 'sign-in']);
    });
  });

  it('counts faults in a row only', async () => {
    shows(scan('a'));
    await shop.follows({ scan: scan('a') });
    for (let day = 0; day < 10; day += 1) {
      shop.defender.scans = undefined as never;
      await shop.bench.passes(POLL);
      shows(scan('a'));
      const before = lists().length;
      await shop.bench.passes(2 * SECOND);
      assert.equal(lists().length, before + 1, 'again after a second, as after a first fault');
    }
    assert.equal(shop.bench.faults.length, 10);
  });

  it('waits as long as Defender says when it has had too many calls', async () => {
    await shop.follows({ scan: scan('a') });
    shop.defender.scans = refused('throttled', { retryAt: shop.bench.clock.now() + 40 * MINUTE });
    await shop.bench.passes(0);
    await shop.bench.passes(40 * MINUTE - SECOND);
    assert.equal(lists().length, 1);
    await shop.bench.passes(SECOND);
    assert.equal(lists().length, 2);
  });
});

describe('following by one of several replicas', () => {
  const EVERYBODY = 2000;

  it('does not count those for ever who were seen to rest by another replica', async () => {
    const clock = new FakeClock(NOON);
    const next: number[] = [];
    const store = {
      following: () => Promise.resolve([following]),
      commit: ({ follow }: Write) => {
        if (follow !== undefined) next.push(follow.at - clock.now());
        return Promise.resolve(true);
      },
    } as unknown as Store;
    const defender = new ScriptedDefender();
    defender.scans = answered([scanOf()]);
    const settings = {
      statusReader: 'requester',
      pollEvery: POLL,
      noteOdd: () => undefined,
    } as unknown as WorkSettings;
    const worker = new FollowerWorker({ store, clock, defender, settings } as unknown as WorkParts);
    const turnOf = (id: string): Promise<Outcome> => worker.work({ kind: 'follower', id, attempt: 1, fails: 0 });
    for (let nth = 0; nth < EVERYBODY; nth += 1) await turnOf(`person ${nth}`);
    assert.ok((next.at(-1) ?? 0) > HOUR, String(next.at(-1)));
    clock.advance(DAY);
    await turnOf('person 0');
    assert.equal(next.at(-1), POLL);
  });
});

describe('following by the app’s own right', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await Workshop.open({ statusReader: 'application' });
  });

  afterEach(() => shop.close());

  it('asks once for everybody’s scans', async () => {
    shop.defender.scans = answered([scanOf({ status: 'Succeeded' })]);
    const hers = await shop.follows({}, 'application');
    const his = await shop.put(await shop.stageOf(hers), bob);
    await shop.bench.passes(0);
    assert.deepEqual(shop.defender.asked, ['list application']);
    for (const request of [hers, his]) assert.equal((await shop.stageOf(request)).name, 'settled');
  });

  it('asks nobody to sign in', async () => {
    shop.defender.scans = refused('sign-in-needed');
    await shop.follows({}, 'application');
    await shop.bench.passes(POLL);
    assert.deepEqual(shop.said, []);
  });

  it('takes over what was followed in people’s names, and gives it back', async () => {
    shop.defender.scans = answered([scanOf()]);
    const hers = await shop.follows();
    await shop.put(await shop.stageOf(hers), bob);
    await shop.bench.store.commit({ follow: { who: bob.id, at: shop.bench.clock.now() } });
    await shop.bench.passes(0);
    assert.deepEqual(shop.defender.asked, ['list application']);
    shop.start({ statusReader: 'requester' });
    shop.defender.asked.length = 0;
    await shop.bench.passes(2 * POLL);
    assert(shop.defender.asked.length > 0);
    assert.deepEqual(new Set(shop.defender.asked), new Set(['list alice', 'list bob']));
  });
});
