import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Decision, Question } from '../../src/scan/decision.ts';
import type { Outcome, Worker } from '../../src/scan/outcome.ts';
import { NO_POLICY } from '../../src/policy/policy-in-force.ts';
import { PolicyRules } from '../../src/policy/policy-rules.ts';
import { DONE } from '../../src/scan/outcome.ts';
import type { RequestId } from '../../src/scan/ids.ts';
import type { MessageContent } from '../../src/scan/message.ts';
import type { Errand } from '../../src/scan/errand.ts';
import type { Person } from '../../src/scan/person.ts';
import type { Claim, FollowerId } from '../../src/scan/ports.ts';
import type { WorkKind } from '../../src/scan/work-kind.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Following, Stage } from '../../src/scan/stage.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { ConfirmerWorker } from '../../src/scan/work/confirmer-worker.ts';
import { ErrandWorker } from '../../src/scan/work/errand-worker.ts';
import { FollowerWorker } from '../../src/scan/work/follower-worker.ts';
import type { WorkSettings } from '../../src/scan/work/parts.ts';
import { Rules } from '../../src/scan/rules.ts';
import { RequestWorker } from '../../src/scan/work/request-worker.ts';
import { Sources } from '../../src/scan/work/sources.ts';
import { SearchWorker } from '../../src/scan/work/search-worker.ts';
import { alice, channel, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';
import { Bench, workerOf } from './bench.ts';
import { ScriptedAlerts } from './scripted-alerts.ts';
import { ScriptedDefender } from './scripted-defender.ts';
import { ScriptedEnds } from './scripted-ends.ts';

export const POLL = 15 * SECOND;

/** The workers on a real store, with a Defender that says what a test wants. */
export class Workshop {
  readonly bench: Bench;
  readonly defender = new ScriptedDefender();
  readonly ends = new ScriptedEnds();
  readonly alerts = new ScriptedAlerts();
  /** What people are told, in its order: what a notice says, or `card`, or `sign-in`. */
  readonly said: string[] = [];
  /** What the rules say of every scan. */
  decision: Decision = { kind: 'approvals', demands: [], rule: 'default' };
  judged: (about: Question) => Promise<Decision> = () => Promise.resolve(this.decision);
  /** Whether they depend on what Defender tells about devices. */
  looks = false;
  /** What the operator is told of. */
  readonly odd: string[] = [];

  private constructor(bench: Bench) {
    this.bench = bench;
  }

  static async open(settings: Partial<WorkSettings> = {}): Promise<Workshop> {
    const workshop = new Workshop(await Bench.open());
    workshop.start(settings);
    return workshop;
  }

  start(settings: Partial<WorkSettings> = {}): void {
    const { store, clock } = this.bench;
    const sources = new Sources({
      port: this.ends,
      clock,
      note: (source, { kind }) => void this.odd.push(`${source}: ${kind}`),
    });
    const rules = new Rules({
      store,
      clock,
      judge: { decide: (about) => this.judged(about), looksAtDevices: () => this.looks },
    });
    const all = { ...this.#settings, ...settings };
    const { defender, alerts } = this;
    const parts = { store, clock, rules, sources, defender, alerts, settings: all };
    const deliver = async ({ id }: Claim): Promise<Outcome> => {
      const message = await store.message(id);
      if (message !== undefined) this.said.push(sayingOf(message.content));
      return DONE;
    };
    const workers: Partial<Record<WorkKind, Worker>> = {
      message: workerOf(deliver),
      request: new RequestWorker(parts),
      errand: new ErrandWorker({ ...parts, ruleBook: this.#ruleBook }),
      follower: new FollowerWorker(parts),
      confirmer: new ConfirmerWorker(parts),
      search: new SearchWorker(parts),
    };
    this.bench.engine(workers);
  }

  /** Nobody wrote any rules. */
  get #ruleBook(): PolicyRules {
    const { store, clock } = this.bench;
    const groups = { groupsOf: () => Promise.resolve(new Set<string>()) };
    return new PolicyRules({ policy: () => NO_POLICY, says: undefined, groups, store, clock });
  }

  get #settings(): WorkSettings {
    return {
      decideWithin: 60 * MINUTE,
      pollEvery: POLL,
      statusReader: 'requester',
      cancelComment: () => 'Cancelled',
      newId: () => randomUUID() as RequestId,
      noteOdd: (facts, what) => void this.odd.push(`${what}: ${facts['word'] ?? facts['action'] ?? ''}`),
    };
  }

  close(): Promise<void> {
    return this.bench.close();
  }

  /** A request as it would stand after its moves. */
  async put(stage: Stage, by: Person = alice): Promise<ScanRequest> {
    const request = { ...requestIn(stage), id: randomUUID() as RequestId, requester: by };
    assert(await this.bench.store.commit({ thread: channel, move: { before: undefined, after: request } }));
    return request;
  }

  /** One that is followed from now on. */
  async follows(facts: Partial<Following> = {}, who: FollowerId = alice.id): Promise<ScanRequest> {
    const known = { device: laptop, content: { type: 'Full', comment: 'Check' } as const, scan: scanOf() };
    const stage: Following = { name: 'following', ...known, adopted: false, since: NOON, waited: true, ...facts };
    const request = await this.put(stage);
    await this.bench.store.commit({ follow: { who, at: this.bench.clock.now() } });
    return request;
  }

  async errand(command: 'status' | 'cancel', device: string): Promise<void> {
    const until = this.bench.clock.now() + 10 * MINUTE;
    const id = randomUUID() as RequestId;
    const errand: Errand = {
      id,
      person: alice,
      thread: requestIn({ name: 'asked', waitsForSignIn: false, until }).thread,
      what: { command, device },
      waitsForSignIn: false,
      until,
    };
    await this.bench.store.commit({ errand });
  }

  async stageOf({ id }: ScanRequest): Promise<Stage> {
    const request = await this.bench.store.request(id);
    assert(request !== undefined);
    return request.stage;
  }
}

function sayingOf(content: MessageContent): string {
  if (content.kind !== 'notice') return content.kind;
  const { notice, replaces } = content;
  if (replaces !== undefined) return `${notice.say}, changed`;
  return notice.say === 'cancel' ? `cancel: ${notice.outcome}` : notice.say;
}
