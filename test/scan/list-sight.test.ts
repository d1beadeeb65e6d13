import assert from 'node:assert/strict';
import { ListSight } from '../../src/scan/batch/list-sight.ts';
import type { Device } from '../../src/scan/device.ts';
import type { DeviceId, PersonId } from '../../src/scan/ids.ts';
import type { Person } from '../../src/scan/person.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import { SECOND } from '../../src/scan/time.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alice, laptop } from '../support/requests.ts';

const bob: Person = { ...alice, id: 'bbbbbbbb-0000-4000-8000-000000000000' as PersonId };
const fleet = (count: number): readonly Device[] =>
  Array.from({ length: count }, (_, nth) => ({ ...laptop, id: nth.toString(16).padStart(40, '0') as DeviceId }));

describe('who sees every device of a list', () => {
  const clock = new FakeClock();
  let lists: number;
  let list: Answer<readonly Device[]>;
  let hidden: ReadonlySet<string>;
  let sight: ListSight;
  beforeEach(() => {
    [lists, list, hidden] = [0, answered(fleet(30)), new Set()];
    sight = new ListSight({
      clock,
      defender: {
        visibleDevices: (_, ids) => Promise.resolve(answered(new Set(ids.filter((id) => !hidden.has(id))))),
      },
      lists: {
        devicesOf: () => {
          lists += 1;
          return Promise.resolve(list);
        },
      },
    });
  });

  const sees = async (person: Person, count: number): Promise<boolean> => {
    const seen = await sight.seesAll(person, fleet(count));
    return seen.ok && seen.value.length === count;
  };

  it('is asked of Defender for a few, and of the whole list for many', async () => {
    assert.deepEqual([await sees(bob, 20), lists], [true, 0]);
    assert.deepEqual([await sees(bob, 30), lists], [true, 1]);
    assert.deepEqual([await sees(bob, 31), lists], [false, 1]);
  });

  it('is never told by what was read for somebody else, nor long ago', async () => {
    await sees(bob, 30);
    list = answered(fleet(29));
    assert.equal(await sees(alice, 30), false);
    assert.equal(await sees(bob, 30), true);
    clock.advance(30 * SECOND);
    assert.equal(await sees(bob, 30), false);
  });

  it('is asked anew with their own token each time, and after a refusal', async () => {
    list = refused('no-answer');
    assert.equal(await sees(bob, 30), false);
    list = answered(fleet(30));
    assert.equal(await sees(bob, 30), true);
    hidden = new Set([fleet(1)[0]?.id ?? '']);
    assert.equal(await sees(bob, 30), false);
  });
});
