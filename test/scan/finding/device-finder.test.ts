import assert from 'node:assert/strict';
import type { Device } from '../../../src/scan/device.ts';
import { DeviceFinder } from '../../../src/scan/finding/device-finder.ts';
import { OwnDevices } from '../../../src/scan/finding/own-devices.ts';
import type { PersonId } from '../../../src/scan/ids.ts';
import type { Person } from '../../../src/scan/person.ts';
import type { Answer } from '../../../src/scan/refusal.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import { MINUTE, SECOND } from '../../../src/scan/time.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { alice, laptop } from '../../support/requests.ts';

const bob: Person = { ...alice, id: '22222222-bbbb-4bbb-8bbb-222222222222' as PersonId };
const LIST = answered([laptop]);

type Devices = Answer<readonly Device[]>;

/** A Defender whose answers come when the test says so. */
class SlowLists {
  readonly asked: string[] = [];
  readonly #open: ((answer: Devices) => void)[] = [];

  devicesOf = (person: Person): Promise<Devices> => this.#ask(person.id.slice(0, 1));
  devicesAt = (_person: Person, address: string): Promise<Devices> => this.#ask(address);

  answers(answer: Devices = LIST): void {
    this.#open.shift()?.(answer);
  }

  #ask(what: string): Promise<Devices> {
    this.asked.push(what);
    return new Promise((resolve) => this.#open.push(resolve));
  }
}

describe('what a person is shown while typing', () => {
  let clock: FakeClock;
  let lists: SlowLists;
  let own: OwnDevices;
  let finder: DeviceFinder;
  let signedIn: boolean;

  beforeEach(() => {
    clock = new FakeClock();
    lists = new SlowLists();
    own = new OwnDevices({ lists, clock });
    signedIn = true;
    finder = new DeviceFinder({
      own,
      clock,
      defender: { accountsOf: () => Promise.resolve(signedIn ? answered([]) : refused('sign-in-needed')) },
      store: { requestsOf: () => Promise.resolve([]) },
      inBackground: () => undefined,
    });
  });

  const types = (text: string, person = alice): ReturnType<DeviceFinder['suggest']> => finder.suggest(person, text);

  it('comes within two seconds, and from memory as soon as the list is there', async () => {
    const late = types('fin');
    await turns();
    clock.advance(1.8 * SECOND);
    assert.deepEqual(await late, { is: 'late' });
    lists.answers();
    await turns();
    assert.deepEqual(await types('fin'), { is: 'found', devices: [laptop] });
    assert.equal(lists.asked.length, 1);
  });

  it('costs one call, however many letters come while it is under way', async () => {
    const all = Promise.all(['fi', 'fin', 'fin-'].map((text) => types(text)));
    await turns();
    lists.answers();
    assert.deepEqual(
      (await all).map(({ is }) => is),
      ['found', 'found', 'found'],
    );
    assert.deepEqual(lists.asked, ['1']);
  });

  it('is fetched once more after five minutes', async () => {
    for (const wait of [0, 5 * MINUTE - 1, 1]) {
      clock.advance(wait);
      const found = types('fin');
      await turns();
      lists.answers();
      assert.equal((await found).is, 'found');
    }
    assert.equal(lists.asked.length, 2);
  });

  it('asks Defender no more than once in two seconds for each person', async () => {
    const first = types('fin');
    await turns();
    lists.answers(refused('failed'));
    assert.equal((await first).is, 'refused');
    const second = types('fin');
    const others = types('fin', bob);
    await turns();
    assert.deepEqual(lists.asked, ['1', '2']);
    clock.advance(2 * SECOND);
    await turns();
    assert.deepEqual(lists.asked, ['1', '2', '1']);
    await Promise.all([second, others]);
  });

  it('is never what somebody else was shown', async () => {
    const found = types('fin');
    await turns();
    lists.answers();
    await found;
    const others = types('fin', bob);
    await turns();
    lists.answers(answered([]));
    assert.deepEqual(await others, { is: 'found', devices: [] });
  });

  it('is forgotten with the sign-in, an answer on its way included', async () => {
    const found = types('fin');
    await turns();
    own.forget(alice.id);
    lists.answers();
    await found;
    const anew = types('fin');
    await turns();
    assert.equal(lists.asked.length, 2);
    lists.answers();
    await anew;
    signedIn = false;
    assert.deepEqual(await types('fin'), { is: 'refused', refusal: { kind: 'sign-in-needed' } });
    signedIn = true;
    clock.advance(2 * SECOND);
    void types('fin');
    await turns();
    assert.equal(lists.asked.length, 3);
  });

  it('is looked up by an address that the list does not know, each address once', async () => {
    const found = types('fin');
    await turns();
    lists.answers();
    await found;
    clock.advance(2 * SECOND);
    const other = { ...laptop, name: 'other' };
    const at = types('10.9.8.7');
    await turns();
    lists.answers(answered([other]));
    assert.deepEqual(await at, { is: 'found', devices: [other] });
    assert.deepEqual(await types('10.9.8.7'), { is: 'found', devices: [other] });
    assert.deepEqual(lists.asked, ['1', '10.9.8.7']);
  });

  it('keeps the lists of few people when they are very long', async () => {
    const many = Array.from({ length: 60_000 }, () => laptop);
    for (const person of [alice, bob, alice]) {
      const found = types('fin', person);
      await turns();
      lists.answers(answered(many));
      await found;
    }
    assert.deepEqual(lists.asked, ['1', '2', '1']);
  });
});

/** Everything that can happen without time and without the outside has happened. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
