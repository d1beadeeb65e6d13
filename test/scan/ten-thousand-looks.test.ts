import assert from 'node:assert/strict';
import { DefenderAlerts } from '../../src/defender/alerts.ts';
import type { Net } from '../../src/net/request.ts';
import { Quotas } from '../../src/sandbox/defender/quotas.ts';
import type { DeviceId, PersonId, Time } from '../../src/scan/ids.ts';
import type { Claim, Store, Write } from '../../src/scan/ports.ts';
import { answered } from '../../src/scan/refusal.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Search } from '../../src/scan/findings.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { SearchWorker } from '../../src/scan/work/search-worker.ts';
import type { WorkParts } from '../../src/scan/work/parts.ts';
import { MemoryCallBudget } from '../defender/memory-call-budget.ts';
import { ended, CONFIRMED } from '../chat/cards/requests.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';

const SCANS = 10_000;
const PEOPLE = 40;
const STEP = 15 * SECOND;

interface Kept {
  request: ScanRequest;
  search: Search;
  at: Time | undefined;
}

/** A day in which the alerts of ten thousand devices are looked at: the real client, judged by the stand-in's own quotas. */
class Day {
  now = NOON;
  refusals = 0;
  readonly kept: Kept[] = [];
  readonly #quotas = new Quotas();

  async pass(endsWithin: Time): Promise<readonly Kept[]> {
    const worker = new SearchWorker(this.#parts());
    for (; this.now < NOON + DAY; this.now += STEP) {
      const due = Math.min(SCANS, Math.floor(((this.now - NOON + STEP) / endsWithin) * SCANS));
      while (this.kept.length < due) this.kept.push(this.#ended(this.kept.length));
      for (const [index, one] of this.kept.entries()) {
        if (one.at === undefined || one.at > this.now) continue;
        one.at = undefined;
        await worker.work({ kind: 'search', id: String(index), attempt: 1, fails: 0 });
      }
    }
    return this.kept;
  }

  #ended(index: number): Kept {
    const device = { ...laptop, id: index.toString(16).padStart(40, '0') as DeviceId };
    const scan = scanOf({ status: 'Succeeded', device: device.id, createdAt: this.now - 2 * HOUR });
    const requester = { ...alice, id: `person ${index % PEOPLE}` as PersonId };
    const request = { ...requestIn(ended(CONFIRMED, { device, scan })), requester };
    return { request, search: { request: request.id, looks: 0, endedAt: this.now, then: [] }, at: this.now };
  }

  #parts(): WorkParts {
    const clock = { now: () => this.now, after: () => () => undefined };
    const alerts = new DefenderAlerts({
      baseUrl: 'https://defender.test',
      net: this.#net(),
      clock,
      budget: new MemoryCallBudget(),
      timeoutMs: SECOND,
      token: (person) => Promise.resolve(answered(person.id)),
    });
    return { store: this.#store(), clock, alerts } as unknown as WorkParts;
  }

  /** Defender without an alert, that counts as it says it does. */
  #net(): Net {
    const request: Net['request'] = ({ url }) => {
      const refused = this.#quotas.refuse(url.includes('/machines/') ? 'device-alerts' : 'list-alerts', this.now);
      if (refused !== undefined) this.refusals += 1;
      const answer = { headers: {}, text: '{"value":[]}' };
      return Promise.resolve({ ok: true, status: refused === undefined ? 200 : 429, ...answer });
    };
    return { request, fetch: () => Promise.reject(new Error('nobody fetches')) };
  }

  #store(): Store {
    const keptOf = (id: string): Kept => this.kept[Number(id)]!;
    let last: Kept | undefined;
    return {
      search: (id: string) => {
        last = keptOf(id);
        return Promise.resolve(last.search);
      },
      request: () => Promise.resolve(last?.request),
      commit: ({ move }: Write) => {
        if (last !== undefined && move !== undefined) last.request = move.after;
        return Promise.resolve(true);
      },
      keepSearch: ({ id }: Claim, search: Search, at: Time) => {
        Object.assign(keptOf(id), { search, at });
        return Promise.resolve();
      },
    } as unknown as Store;
  }
}

describe('ten thousand looks at alerts', () => {
  for (const [how, within] of [
    ['over a working day', 10 * HOUR],
    ['within an hour', HOUR],
  ] as const) {
    it(`are taken within every limit when that many scans end ${how}, and none is given up`, async () => {
      const day = new Day();
      const scans = await day.pass(within);
      assert.equal(scans.length, SCANS);
      assert.equal(day.refusals, 0, 'Defender never had too many calls');
      const unknown = scans.filter(({ request }) => request.findings?.are !== 'known');
      assert.equal(unknown.length, 0);
      const waits = scans.map(({ request, search }) =>
        request.findings?.are === 'known' ? request.findings.lookedAt - search.endedAt : Infinity,
      );
      assert.ok(Math.max(...waits) <= 2 * HOUR, `the last look came after ${Math.max(...waits) / MINUTE} minutes`);
    }).timeout(120_000);
  }
});
