import assert from 'node:assert/strict';
import type { DefenderScan } from '../../../src/scan/defender-scan.ts';
import type { ActionId } from '../../../src/scan/ids.ts';
import type { In } from '../../../src/scan/moves.ts';
import type { Reader } from '../../../src/scan/ports.ts';
import type { Answer } from '../../../src/scan/refusal.ts';
import { refused } from '../../../src/scan/refusal.ts';
import { MINUTE } from '../../../src/scan/time.ts';
import { FollowedList } from '../../../src/scan/work/followed-list.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { alice, laptop, requestIn, scanOf } from '../../support/requests.ts';

const reader: Reader = { as: 'person', person: alice };

describe('the list of what is followed', () => {
  let clock: FakeClock;
  let scans: DefenderScan[];
  let asked: (readonly string[] | undefined)[];
  let list: FollowedList;
  /** What Defender answers when it is asked for some people’s scans. */
  let narrow: (starters: readonly string[]) => Answer<readonly DefenderScan[]>;

  beforeEach(() => {
    clock = new FakeClock();
    scans = [];
    asked = [];
    narrow = (starters) => ({ ok: true, value: scans.filter(({ requester }) => starters.includes(requester)) });
    const scansSince = (
      _: Reader,
      __: number,
      starters?: readonly string[],
    ): Promise<Answer<readonly DefenderScan[]>> => {
      asked.push(starters);
      return Promise.resolve(starters === undefined ? { ok: true, value: scans } : narrow(starters));
    };
    list = new FollowedList({ defender: { scansSince }, clock });
  });

  function following(nth: number, starter = 'alice@contoso.com'): In<'following'> {
    const scan = scanOf({ id: `scan-${nth}` as ActionId, requester: starter, createdAt: clock.now() });
    scans.push(scan);
    const content = { type: 'Full', comment: 'Check' } as const;
    const since = clock.now();
    return requestIn({ name: 'following', device: laptop, content, scan, adopted: false, since, waited: false });
  }

  const read = (...requests: In<'following'>[]): ReturnType<FollowedList['read']> =>
    list.read({ follower: alice.id, reader, requests });

  it('is asked for by who started them', async () => {
    const [own, adopted] = [following(1), following(2, 'bob@contoso.com')];
    following(3, 'carol@contoso.com');
    const answer = await read(own, adopted);
    assert.deepEqual(asked, [['alice@contoso.com', 'bob@contoso.com']]);
    assert.equal(answer.ok && answer.value.length, 2);
  });

  for (const [what, starters] of [
    ['many people', Array.from({ length: 6 }, (_, nth) => `p${nth}@contoso.com`)],
    ['somebody whom Defender does not name', ['alice@contoso.com', '']],
  ] as const) {
    it(`is read whole for ${what}`, async () => {
      assert.ok((await read(...starters.map((starter, nth) => following(nth, starter)))).ok);
      assert.deepEqual(asked, [undefined]);
    });
  }

  it('is read whole from then on where Defender does not find ours so', async () => {
    const own = following(1);
    narrow = () => ({ ok: true, value: [] });
    clock.advance(3 * MINUTE);
    for (let look = 0; look < 2; look += 1) assert.deepEqual(await read(own), { ok: true, value: scans });
    assert.deepEqual(asked, [['alice@contoso.com'], undefined, undefined]);
    list.over(alice.id);
    await read(own);
    assert.deepEqual(asked.at(-2), ['alice@contoso.com']);
  });

  it('is not read whole for a scan that Defender does not list yet', async () => {
    const own = following(1);
    narrow = () => ({ ok: true, value: [] });
    assert.deepEqual(await read(own), { ok: true, value: [] });
    assert.deepEqual(asked, [['alice@contoso.com']]);
  });

  it('is read whole where Defender does not understand the question', async () => {
    narrow = () => refused('bad-request');
    assert.deepEqual(await read(following(1)), { ok: true, value: scans });
  });

  it('is not asked for twice when Defender asks to wait', async () => {
    narrow = () => refused('throttled', { retryAt: clock.now() + MINUTE });
    assert.ok(!(await read(following(1))).ok);
    assert.equal(asked.length, 1);
  });
});
