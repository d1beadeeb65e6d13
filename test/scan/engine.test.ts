import assert from 'node:assert/strict';
import { Engine } from '../../src/scan/engine.ts';
import { again, DONE } from '../../src/scan/outcome.ts';
import type { Outcome } from '../../src/scan/outcome.ts';
import type { ThreadId } from '../../src/scan/ids.ts';
import { LEASE, LONGEST_WORK } from '../../src/scan/leases.ts';
import type { Message } from '../../src/scan/message.ts';
import type { Claim, Store } from '../../src/scan/ports.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { alice } from '../support/requests.ts';
import { Bench, everyKind, Gate, quiet, workerOf } from './bench.ts';

describe('the engine', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  async function queue(...ids: readonly string[]): Promise<void> {
    await bench.store.commit({ messages: ids.map((id) => messageIn(`thread of ${id}`, id)) });
  }

  it('does what is due, once', async () => {
    const done: string[] = [];
    await queue('a', 'b');
    bench.engine({ message: workerOf(({ id }) => Promise.resolve(DONE).finally(() => done.push(id))) });
    await bench.passes(MINUTE);
    assert.deepEqual(done.sort(), ['a', 'b']);
  });

  it('has looked for what waited once all of it was asked for, and not while the store fails', async () => {
    await queue('a');
    const taken: string[] = [];
    let isAway = true;
    const store = instead(bench.store, 'claim', (...wish) =>
      isAway ? Promise.reject(new Error('away')) : bench.store.claim(...wish),
    );
    const message = workerOf(({ id }) => Promise.resolve(DONE).finally(() => taken.push(id)));
    const engine = bench.engine({ message }, store);
    await quiet();
    assert.deepEqual([engine.hasLooked, taken], [false, []]);
    isAway = false;
    await bench.passes(MINUTE);
    assert.deepEqual([engine.hasLooked, taken], [true, ['a']]);
  });

  it('counts no wait as a fault', async () => {
    const fails: number[] = [];
    await queue('a');
    const waits = (claim: Claim): Promise<Outcome> => {
      fails.push(claim.fails);
      return Promise.resolve(again(bench.clock.now() + SECOND));
    };
    bench.engine({ message: workerOf(waits) });
    for (let turn = 0; turn < 20; turn += 1) await bench.passes(SECOND);
    assert.deepEqual(fails, Array<number>(fails.length).fill(0));
    assert(fails.length >= 20);
    assert.deepEqual(bench.faults, []);
  });

  it('waits longer after each fault, and gives up after the eighth with one line for each', async () => {
    const tries: number[] = [];
    const givenUp: string[] = [];
    await queue('a');
    const breaks = (): Promise<Outcome> => {
      tries.push(bench.clock.now());
      return Promise.reject(new Error('broken'));
    };
    const giveUp = (claim: Claim, reference: string): Promise<Outcome> => {
      givenUp.push(`${claim.id} ${reference}`);
      return Promise.resolve({ is: 'dead', why: reference });
    };
    bench.engine({ message: workerOf(breaks, giveUp) });
    await quiet();
    for (let second = 0; second < 300; second += 1) await bench.passes(SECOND);
    const pauses = tries.slice(1).map((at, index) => (at - (tries[index] ?? 0)) / SECOND);
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 60]);
    assert.equal(bench.faults.length, 8);
    assert.deepEqual(givenUp, ['a fault-8']);
  });

  it('asks first, and claims only what is due', async () => {
    const claimed: string[] = [];
    await queue('a');
    const store = instead(bench.store, 'claim', (...wish) => {
      claimed.push(wish[0]);
      return bench.store.claim(...wish);
    });
    bench.engine({}, store);
    await bench.passes(MINUTE);
    assert.deepEqual(claimed, ['message']);
  });

  it('goes on after the store has failed, less and less often while it fails', async () => {
    let broken = true;
    let tries = 0;
    const done: string[] = [];
    await queue('a');
    const store = instead(bench.store, 'dueTimes', (kinds) => {
      tries += 1;
      return broken ? Promise.reject(new Error('disk full')) : bench.store.dueTimes(kinds);
    });
    bench.engine({ message: workerOf(({ id }) => Promise.resolve(DONE).finally(() => done.push(id))) }, store);
    for (let second = 0; second < 16; second += 1) await bench.passes(SECOND);
    assert.equal(tries, 5, 'at 0, 1, 3, 7 and 15 seconds');
    assert.equal(bench.faults.length, 5);
    broken = false;
    await bench.passes(MINUTE);
    assert.deepEqual(done, ['a']);
    broken = true;
    await bench.passes(MINUTE);
    tries = 0;
    await bench.passes(SECOND);
    assert.equal(tries, 1, 'after a second, as after a first failure');
  });

  describe('with its hands full', () => {
    const ids = Array.from({ length: 11 }, (_, index) => `m${index}`);

    it('does not turn round for what has no hand', async () => {
      const gate = new Gate();
      let looks = 0;
      await queue(...ids);
      const store = instead(bench.store, 'nextDue', (kinds) => {
        looks += 1;
        return bench.store.nextDue(kinds);
      });
      bench.engine({ message: workerOf(() => gate.pass().then(() => DONE)) }, store);
      await quiet();
      assert.equal(gate.waiting, 8);
      looks = 0;
      for (let tick = 0; tick < 100; tick += 1) await bench.passes(100);
      assert(looks <= 1, 'the look that comes every ten seconds');
      for (let left = ids.length; left > 0; left -= 1) {
        gate.open();
        await quiet();
        assert.equal(gate.waiting, Math.min(8, left - 1));
      }
    });

    it('still does other things in time', async () => {
      const gate = new Gate();
      let looked = false;
      await queue(...ids);
      const at = bench.clock.now() + 2 * SECOND;
      await bench.store.commit({ follow: { who: alice.id, at } });
      const looks = (): Promise<Outcome> => {
        looked = true;
        return Promise.resolve(DONE);
      };
      bench.engine({ message: workerOf(() => gate.pass().then(() => DONE)), follower: workerOf(looks) });
      await quiet();
      await bench.passes(2 * SECOND - 1);
      assert(!looked);
      await bench.passes(1);
      assert(looked);
      while (gate.waiting > 0) {
        gate.open();
        await quiet();
      }
    });
  });

  describe('when it is stopped', () => {
    it('takes nothing more, not even what it was just taking', async () => {
      const gate = new Gate();
      const done: string[] = [];
      await queue('a');
      const store = instead(bench.store, 'claim', async (...wish) => {
        const claims = await bench.store.claim(...wish);
        if (wish[0] === 'message') await gate.pass();
        return claims;
      });
      const engine = bench.engine(
        { message: workerOf(({ id }) => Promise.resolve(DONE).finally(() => done.push(id))) },
        store,
      );
      await quiet();
      let over = false;
      const stopped = engine.stop().then(() => {
        over = true;
      });
      await quiet();
      assert(!over, 'it waits for what it was just taking');
      gate.open();
      await stopped;
      await queue('b');
      engine.wake();
      await bench.passes(MINUTE);
      assert.deepEqual(done, []);
      const left = await bench.store.claim('message', bench.clock.now() + LEASE, 9);
      assert.deepEqual(
        left.map(({ id, fails }) => [id, fails]),
        [
          ['a', 0],
          ['b', 0],
        ],
      );
    });

    it('lets what it has taken come to its end', async () => {
      const gate = new Gate();
      await queue('a');
      const engine = bench.engine({ message: workerOf(() => gate.pass().then(() => DONE)) });
      await quiet();
      let over = false;
      const stopped = engine.stop().then(() => {
        over = true;
      });
      await quiet();
      assert(!over);
      gate.open();
      await stopped;
      assert.equal(await bench.store.message('a'), undefined);
    });
  });

  describe('and leases', () => {
    /** A second one on the same rows: a replica. */
    function replica(taken: string[]): Engine {
      const done = workerOf(({ id }) => Promise.resolve(DONE).finally(() => taken.push(id)));
      const workers = everyKind(done);
      const engine = new Engine({ store: bench.store, clock: bench.clock, workers, onFault: () => 'fault' });
      engine.start();
      return engine;
    }

    async function seconds(most: number, until: () => boolean = () => false): Promise<number> {
      for (let second = 0; second < most; second += 1) {
        if (until()) return second;
        await bench.passes(SECOND);
      }
      return most;
    }

    /** The store for an engine that will die: from then on nothing of it arrives. */
    function mortal(store: Store): { readonly store: Store; die: () => void } {
      let isDead = false;
      const proxy = new Proxy(store, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...wish: unknown[]): unknown =>
            isDead ? Promise.reject(new Error('dead')) : Reflect.apply(member, target, wish);
        },
      });
      return { store: proxy, die: () => void (isDead = true) };
    }

    it('let no handler outlast its own, however long its calls take together', async () => {
      const gate = new Gate();
      const taken: string[] = [];
      await queue('a');
      bench.engine({ message: workerOf(() => gate.pass().then(() => DONE)) });
      await quiet();
      const other = replica(taken);
      await seconds(LONGEST_WORK / SECOND);
      assert.deepEqual(taken, []);
      gate.open();
      await quiet();
      assert.equal(await bench.store.message('a'), undefined);
      await seconds(60);
      assert.deepEqual(taken, [], 'done once');
      await other.stop();
    });

    for (const when of [0, 5, 13, 31]) {
      it(`let another replica take over within 30 seconds of a death after ${when}`, async () => {
        const gate = new Gate();
        const taken: string[] = [];
        const first = mortal(bench.store);
        await queue('a');
        bench.engine({ message: workerOf(() => gate.pass().then(() => DONE)) }, first.store);
        await quiet();
        const other = replica(taken);
        await seconds(when);
        first.die();
        const passed = await seconds(60, () => taken.length > 0);
        assert.deepEqual(taken, ['a']);
        assert(passed <= 30, `${passed} seconds`);
        await other.stop();
        gate.open();
        await quiet();
      });
    }

    it('leave to others what hangs for longer than any work can take', async () => {
      const gate = new Gate();
      const attempts: number[] = [];
      await queue('a');
      const slow = async ({ attempt }: Claim): Promise<Outcome> => {
        attempts.push(attempt);
        if (attempt > 1) return again(bench.clock.now() + 5 * MINUTE);
        await gate.pass();
        return DONE;
      };
      bench.engine({ message: workerOf(slow) });
      await quiet();
      await seconds((LONGEST_WORK + LEASE) / SECOND + 10, () => attempts.length > 1);
      assert.deepEqual(attempts, [1, 2]);
      const due = await bench.store.nextDue();
      gate.open();
      await quiet();
      assert.equal(await bench.store.nextDue(), due, 'nobody writes who was slower');
      assert.notEqual(await bench.store.message('a'), undefined);
    });
  });

  for (const [what, jump] of [
    ['back', -HOUR],
    ['forward', HOUR],
  ] as const) {
    it(`goes on within seconds after the clock was set ${what} by an hour`, async () => {
      const done: string[] = [];
      const wait = ({ id, attempt }: Claim): Promise<Outcome> => {
        if (attempt === 1) return Promise.resolve(again(bench.clock.now() + 20 * SECOND));
        return Promise.resolve(DONE).finally(() => done.push(id));
      };
      await queue('a');
      bench.engine({ message: workerOf(wait) });
      await quiet();
      bench.clock.jump(jump);
      await queue('b');
      for (let second = 0; second < 45; second += 1) await bench.passes(SECOND);
      assert.deepEqual(done.toSorted(), ['a', 'b']);
    });
  }

  it('takes over what died under a clock that was an hour ahead', async () => {
    const done: string[] = [];
    await queue('a');
    bench.clock.jump(HOUR);
    await bench.store.claim('message', bench.clock.now() + LEASE, 1);
    bench.engine({ message: workerOf(({ id }) => Promise.resolve(DONE).finally(() => done.push(id))) });
    await quiet();
    bench.clock.jump(-HOUR);
    for (let second = 0; second < 120; second += 1) await bench.passes(SECOND);
    assert.deepEqual(done, ['a']);
  });

  describe('when the store goes away while something is done', () => {
    const broken = (): Promise<never> => Promise.reject(new Error('connection lost'));

    it('writes down what became of it as soon as it is back, and does nothing twice', async () => {
      let away = false;
      let sent = 0;
      await queue('a');
      const store = instead(bench.store, 'finish', (...wish) => (away ? broken() : bench.store.finish(...wish)));
      const send = (): Promise<Outcome> => {
        sent += 1;
        away = true;
        return Promise.resolve(DONE);
      };
      bench.engine({ message: workerOf(send) }, store);
      await quiet();
      for (let tenth = 0; tenth < 100; tenth += 1) await bench.passes(100);
      away = false;
      for (let tenth = 0; tenth < 30; tenth += 1) await bench.passes(100);
      assert.equal(await bench.store.message('a'), undefined);
      await bench.passes(MINUTE);
      assert.equal(sent, 1);
      assert.deepEqual(bench.faults, []);
    });

    it('lets the row go at the end of its lease, and says so once', async () => {
      let tries = 0;
      await queue('a');
      const gone = instead(bench.store, 'finish', () => {
        tries += 1;
        return broken();
      });
      const store = instead(gone, 'renew', broken);
      bench.engine({ message: workerOf(({ attempt }) => Promise.resolve(attempt === 1 ? DONE : again(1e15))) }, store);
      await quiet();
      for (let tenth = 0; tenth < (LEASE - SECOND) / 100; tenth += 1) await bench.passes(100);
      assert(tries > 5, `${tries} tries`);
      const last = tries;
      for (let tenth = 0; tenth < 50; tenth += 1) await bench.passes(100);
      assert(tries <= last + 1);
      assert.equal(bench.faults.filter((fault) => fault instanceof Error).length, 4, 'three renewals and the end');
    });
  });

  it('takes messages of one thread in their order, and those of another meanwhile', async () => {
    const gate = new Gate();
    const sent: string[] = [];
    await bench.store.commit({ messages: [messageIn('one', 'a1'), messageIn('one', 'a2'), messageIn('one', 'a3')] });
    await bench.store.commit({ messages: [messageIn('other', 'b1')] });
    const ends: Record<string, Outcome[]> = {
      a1: [
        { is: 'again', at: bench.clock.now() + SECOND, failed: true },
        { is: 'dead', why: 'gone' },
      ],
    };
    const send = async ({ id }: Claim): Promise<Outcome> => {
      sent.push(id);
      if (id === 'a1') await gate.pass();
      return ends[id]?.shift() ?? DONE;
    };
    bench.engine({ message: workerOf(send) });
    await quiet();
    assert.deepEqual(sent, ['a1', 'b1'], 'the first holds back its own thread only');
    gate.open();
    await quiet();
    assert.deepEqual(sent, ['a1', 'b1'], 'put back, it is still the first');
    await bench.passes(SECOND);
    gate.open();
    await quiet();
    assert.deepEqual(sent, ['a1', 'b1', 'a1', 'a2', 'a3'], 'what is dead holds nobody back');
  });
});

function messageIn(thread: string, id: string): Message {
  const content = { kind: 'notice', notice: { say: 'signed-in' }, mention: false } as const;
  return { id, thread: thread as ThreadId, to: alice, content };
}

/** The store with one of its methods exchanged. */
function instead<Name extends keyof Store>(store: Store, name: Name, method: Store[Name]): Store {
  return new Proxy(store, {
    get(target, wanted) {
      if (wanted === name) return method;
      const member: unknown = Reflect.get(target, wanted);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
