import assert from 'node:assert/strict';
import { Quotas } from '../../src/sandbox/defender/quotas.ts';
import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { ActionId, PersonId, RequestId, Time } from '../../src/scan/ids.ts';
import type { FollowerId, Reader, Store, Write } from '../../src/scan/ports.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { FollowerWorker } from '../../src/scan/work/follower-worker.ts';
import type { WorkParts } from '../../src/scan/work/parts.ts';
import { MemoryCallBudget } from '../defender/memory-call-budget.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';

const PEOPLE = 400;
const SCANS_OF_EACH = 25;
const STEP = 5 * SECOND;

/** Ten thousand scans that wait for their devices, and the calls that it takes to know that. */
class Hours {
  now = NOON;
  refusals = 0;
  /** How often there was no room: each costs the store as much as a call. */
  inVain = 0;
  readonly lookedAt = new Map<PersonId, Time[]>();
  readonly #budget = new MemoryCallBudget();
  readonly #quotas = new Quotas();
  readonly #dueAt = new Map<FollowerId, Time>();
  readonly #requests = new Map<FollowerId, readonly ScanRequest[]>();

  constructor() {
    for (let person = 0; person < PEOPLE; person += 1) {
      const id = `person ${person}` as PersonId;
      this.#requests.set(
        id,
        Array.from({ length: SCANS_OF_EACH }, (_, nth) => waiting(id, nth)),
      );
      this.#dueAt.set(id, NOON);
      this.lookedAt.set(id, []);
    }
  }

  async pass(length: Time): Promise<void> {
    const worker = new FollowerWorker(this.#parts());
    for (; this.now < NOON + length; this.now += STEP) {
      for (const [id, at] of this.#dueAt) {
        if (at > this.now) continue;
        this.#dueAt.delete(id);
        const outcome = await worker.work({ kind: 'follower', id, attempt: 1, fails: 0 });
        if (outcome.is === 'again') this.#dueAt.set(id, outcome.at);
      }
    }
  }

  #scans(reader: Reader): Answer<readonly DefenderScan[]> {
    const allowance = this.#budget.take('list-scans', { reserve: false }, this.now);
    if (!allowance.ok) {
      this.inVain += 1;
      return refused('throttled', { retryAt: allowance.retryAt });
    }
    if (this.#quotas.refuse('list-actions', this.now) !== undefined) this.refusals += 1;
    const id = reader.as === 'person' ? reader.person.id : ('' as PersonId);
    this.lookedAt.get(id)?.push(this.now);
    return answered((this.#requests.get(id) ?? []).flatMap(({ stage }) => ('scan' in stage ? stage.scan : [])));
  }

  #parts(): WorkParts {
    const clock = { now: () => this.now, after: () => () => undefined };
    const store = {
      following: (who: FollowerId) => Promise.resolve(this.#requests.get(who) ?? []),
      commit: ({ follow }: Write) => {
        if (follow !== undefined) this.#dueAt.set(follow.who, follow.at);
        return Promise.resolve(true);
      },
    } as unknown as Store;
    const defender = { scansSince: (reader: Reader) => Promise.resolve(this.#scans(reader)) };
    const settings = { statusReader: 'requester', pollEvery: 15 * SECOND };
    return { store, clock, defender, settings } as unknown as WorkParts;
  }
}

function waiting(person: PersonId, nth: number): ScanRequest {
  const id = `${person} ${nth}`;
  const scan = scanOf({ id: id as ActionId, status: 'Pending', createdAt: NOON, updatedAt: NOON });
  const content = { type: 'Full', comment: 'Check' } as const;
  const known = { device: laptop, content, scan, adopted: false, since: NOON, waited: true };
  const request = requestIn({ name: 'following', ...known });
  return { ...request, id: id as RequestId, requester: { ...alice, id: person } };
}

describe('ten thousand scans of many people', () => {
  it('are followed within every limit, nobody’s forgotten', async () => {
    const hours = new Hours();
    await hours.pass(4 * HOUR);
    assert.equal(hours.refusals, 0, 'Defender never had too many calls');
    const looks = [...hours.lookedAt.values()].flat().length;
    assert.ok(hours.inVain <= 700, `${hours.inVain} times in vain for ${looks} looks`);
    // A fair share: in the second half everybody has had their turn about as often as anybody else.
    const counts = [...hours.lookedAt.values()].map((times) => times.filter((at) => at >= NOON + 2 * HOUR).length);
    assert.ok(Math.min(...counts) >= 3, `${Math.min(...counts)} looks`);
    assert.ok(
      Math.max(...counts) <= 3 * Math.min(...counts),
      `${Math.max(...counts)} and ${Math.min(...counts)} looks`,
    );
    const gaps = [...hours.lookedAt.values()].flatMap((times) => {
      const later = times.filter((at) => at >= NOON + HOUR);
      return later.slice(1).map((at, index) => at - (later[index] ?? 0));
    });
    assert.ok(Math.max(...gaps) <= 2 * HOUR, `${Math.max(...gaps) / MINUTE} minutes without a look`);
  }).timeout(120_000);
});
