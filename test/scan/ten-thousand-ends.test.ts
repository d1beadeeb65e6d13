import assert from 'node:assert/strict';
import type { DefenderApi } from '../../src/defender/call-budget.ts';
import type { ScanEnd } from '../../src/scan/ending.ts';
import { Quotas } from '../../src/sandbox/defender/quotas.ts';
import { CONFIRM_WITHIN } from '../../src/scan/ending.ts';
import type { EndingStore } from '../../src/scan/ending-store.ts';
import type { AvRecord, EndingSources } from '../../src/scan/ending-sources.ts';
import type { DeviceId, PersonId, RequestId, Time } from '../../src/scan/ids.ts';
import type { FollowerId, Store, Write } from '../../src/scan/ports.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Settled } from '../../src/scan/stage.ts';
import { unconfirmedEnding } from '../../src/scan/ending-of.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { ConfirmerWorker } from '../../src/scan/work/confirmer-worker.ts';
import type { WorkParts } from '../../src/scan/work/parts.ts';
import { Sources } from '../../src/scan/work/sources.ts';
import { MemoryCallBudget } from '../defender/memory-call-budget.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';

const SCANS = 10_000;
const PEOPLE = 40;
/** All of them are started in a working day. */
const STARTED_WITHIN = 10 * HOUR;

interface Kept {
  request: ScanRequest;
  at: Time;
  /** When the sources show the end. */
  readonly shownAt: Time;
  readonly endedAt: Time;
  confirmedAt?: Time;
}

/** A day in which ten thousand scans are followed to their end, on a clock of its own, with calls counted as Defender does. */
class Day implements EndingStore, EndingSources {
  now = NOON;
  #confirmed = 0;
  readonly calls: Partial<Record<DefenderApi, Time[]>> = {};
  /** How often Defender itself would have said that these were too many. */
  refusals = 0;
  readonly #quotas = new Quotas();
  readonly #budget = new MemoryCallBudget();
  readonly #hunts: boolean;
  readonly #kept = new Map<RequestId, Kept>();
  readonly #ofDevice = new Map<DeviceId, Kept>();
  readonly #ofPerson = new Map<FollowerId, Kept[]>();
  readonly #dueAt = new Map<FollowerId, Time>();

  constructor(hunts: boolean) {
    this.#hunts = hunts;
  }

  async pass(): Promise<readonly Kept[]> {
    const worker = new ConfirmerWorker(this.#parts());
    let started = 0;
    for (; this.now < NOON + DAY; this.now += 15 * SECOND) {
      const due = Math.min(SCANS, Math.floor(((this.now - NOON) / STARTED_WITHIN) * SCANS));
      for (; started < due; started += 1) this.#settle(started);
      for (const [who, at] of this.#dueAt) {
        if (at > this.now) continue;
        this.#dueAt.delete(who);
        await worker.work({ kind: 'confirmer', id: who, attempt: 1, fails: 0 });
      }
    }
    return [...this.#kept.values()];
  }

  #parts(): WorkParts {
    const clock = { now: () => this.now, after: () => () => undefined };
    const commit = (write: Write): Promise<boolean> => Promise.resolve(this.#commit(write));
    const sources = new Sources({ port: this, clock, note: () => undefined });
    const store = { endings: this, commit } as unknown as Store;
    return {
      store,
      clock,
      sources,
      settings: { statusReader: 'requester', pollEvery: 15 * SECOND },
    } as unknown as WorkParts;
  }

  #settle(index: number): void {
    const person = `person ${index % PEOPLE}` as PersonId;
    const id = `request ${index}` as RequestId;
    const device = { ...laptop, id: index.toString(16).padStart(40, '0') as DeviceId };
    // One in eight scans is never shown: it is looked for until the end of the day.
    const endedAt = this.now + (1 + (index % 4)) * HOUR;
    const shownAt = index % 8 === 7 ? Infinity : endedAt + (index % 3) * HOUR;
    const scan = scanOf({ status: 'Succeeded', device: device.id, createdAt: this.now, updatedAt: this.now });
    const ending = { is: 'unconfirmed', from: this.now, until: this.now + CONFIRM_WITHIN, told: false } as const;
    const content = { type: 'Full', comment: 'Check' } as const;
    const stage: Settled = {
      name: 'settled',
      ...{ device, content, scan, adopted: false, since: this.now, at: this.now, ending },
    };
    const request = { ...requestIn(stage), id, requester: { ...alice, id: person } };
    const kept = { request, at: this.now, shownAt, endedAt };
    this.#kept.set(id, kept);
    this.#ofDevice.set(device.id, kept);
    this.#ofPerson.set(person, [...(this.#ofPerson.get(person) ?? []), kept]);
    this.#commit({ confirm: { who: person, at: this.now } });
  }

  #commit({ move, confirm }: Write): boolean {
    if (confirm !== undefined) {
      this.#dueAt.set(confirm.who, Math.min(confirm.at, this.#dueAt.get(confirm.who) ?? Infinity));
    }
    const kept = move === undefined ? undefined : this.#kept.get(move.after.id);
    if (kept === undefined || move === undefined) return true;
    kept.request = move.after;
    if (unconfirmedEnding(move.after) !== undefined) return true;
    kept.confirmedAt = this.now;
    this.#confirmed += 1;
    return true;
  }

  #open(who: FollowerId): readonly Kept[] {
    return (this.#ofPerson.get(who) ?? []).filter(({ confirmedAt }) => confirmedAt === undefined);
  }

  due(who: FollowerId, now: Time, limit: number): Promise<readonly ScanRequest[]> {
    const due = this.#open(who).filter(({ at }) => at <= now);
    const first = due.toSorted((one, other) => one.at - other.at).slice(0, limit);
    return Promise.resolve(first.map(({ request }) => request));
  }

  next(who: FollowerId): Promise<Time | undefined> {
    const at = Math.min(...this.#open(who).map((kept) => kept.at));
    return Promise.resolve(at === Infinity ? undefined : at);
  }

  readers(): Promise<readonly FollowerId[]> {
    return Promise.resolve([...this.#ofPerson.keys()]);
  }

  count(): Promise<number> {
    return Promise.resolve(this.#kept.size - this.#confirmed);
  }

  later(requests: readonly RequestId[], at: Time): Promise<void> {
    for (const id of requests) {
      const kept = this.#kept.get(id);
      if (kept !== undefined) kept.at = at;
    }
    return Promise.resolve();
  }

  openFor(): Promise<readonly ScanRequest[]> {
    return Promise.resolve([]);
  }

  timesOfDevice(): Promise<readonly Time[]> {
    return Promise.resolve([]);
  }

  timesOfSystem(): Promise<readonly Time[]> {
    return Promise.resolve([]);
  }

  records(...[, devices]: Parameters<EndingSources['records']>): Promise<Answer<readonly AvRecord[]>> {
    assert.ok(devices.length <= 20);
    const known = { mode: 'active', signaturesUpToDate: true, signaturesFrom: NOON } as const;
    return this.#counted('read-av-records', () =>
      devices.map((device) => ({ device, ...known, ends: this.#shown(device) })),
    );
  }

  events(...[, devices]: Parameters<EndingSources['events']>): Promise<Answer<readonly ScanEnd[]>> {
    if (!this.#hunts) return Promise.resolve(refused('consent-missing'));
    return this.#counted('hunt', () => devices.flatMap((device) => this.#shown(device)));
  }

  #shown(device: DeviceId): readonly ScanEnd[] {
    const kept = this.#ofDevice.get(device);
    if (kept === undefined || kept.shownAt > this.now) return [];
    return [{ device, type: 'Full', outcome: 'completed', at: kept.endedAt, errorCode: '' }];
  }

  #counted<T>(api: DefenderApi, answer: () => T): Promise<Answer<T>> {
    const allowance = this.#budget.take(api, { reserve: false }, this.now);
    if (!allowance.ok) return Promise.resolve(refused('throttled', { retryAt: allowance.retryAt }));
    (this.calls[api] ??= []).push(this.now);
    if (this.#quotas.refuse(api === 'hunt' ? 'hunting' : 'av-health', this.now) !== undefined) this.refusals += 1;
    return Promise.resolve(answered(answer()));
  }
}

/** The most calls within any span of this length. */
function mostWithin(calls: readonly Time[] = [], length: Time): number {
  let most = 0;
  for (let from = 0, to = 0; to < calls.length; to += 1) {
    while ((calls[to] ?? 0) - (calls[from] ?? 0) >= length) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

describe('ten thousand ends in a day', () => {
  for (const hunts of [true, false]) {
    it(`are looked for within every limit, ${hunts ? 'with' : 'without'} hunting, and found soon`, async () => {
      const day = new Day(hunts);
      const scans = await day.pass();
      assert.equal(scans.length, SCANS);
      assert.equal(day.refusals, 0);
      const { 'read-av-records': records = [], hunt = [] } = day.calls;
      assert.ok(mostWithin(records, MINUTE) <= 30 && mostWithin(records, HOUR) <= 1000);
      assert.ok(mostWithin(hunt, MINUTE) <= 45 && mostWithin(hunt, HOUR) <= 1500);
      // Each hunt may cost five seconds of processor time: ten minutes an hour and three hours a day are allowed.
      assert.ok(mostWithin(hunt, HOUR) * 5 * SECOND <= 10 * MINUTE);
      assert.ok(hunt.length * 5 * SECOND <= 3 * HOUR, `${hunt.length} hunts`);
      const waits = scans
        .filter(({ shownAt }) => shownAt < NOON + 20 * HOUR)
        .map(({ confirmedAt = Infinity, shownAt }) => confirmedAt - shownAt);
      assert.ok(Math.max(...waits) <= 2 * HOUR, `found after ${Math.max(...waits) / MINUTE} minutes`);
    }).timeout(120_000);
  }
});
