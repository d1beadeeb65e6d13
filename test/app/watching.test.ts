import assert from 'node:assert/strict';
import { Metrics } from '../../src/app/metrics.ts';
import type { Levels } from '../../src/app/metrics.ts';
import { levelsOf } from '../../src/app/watching/levels.ts';
import { watchedLog } from '../../src/app/watching/watched-log.ts';
import { watchedNet } from '../../src/app/watching/watched-net.ts';
import { watchedCommit } from '../../src/app/watching/watched-store.ts';
import { watchedWorkers } from '../../src/app/watching/watched-workers.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { Net } from '../../src/net/request.ts';
import type { Worker } from '../../src/scan/outcome.ts';
import { again, DONE } from '../../src/scan/outcome.ts';
import { SECOND } from '../../src/scan/time.ts';
import { Courses } from '../../src/trace/courses.ts';
import { silentTracing, traceparentOf } from '../../src/trace/tracing.ts';
import { moved, requestOf, stages } from '../store/records.ts';
import { FakeClock } from '../support/fake-clock.ts';

const PARENT = { trace: 'a'.repeat(32), span: 'b'.repeat(16) };

describe('a line of the log', () => {
  const lines: string[] = [];
  const courses = new Courses(silentTracing);
  const log = watchedLog(createLog('debug', { write: (line) => void lines.push(line) }), courses);
  const last = (): Readonly<Record<string, unknown>> => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

  it('says to which turn, request and trace it belongs', async () => {
    await courses.run({ name: 'turn', facts: {}, parent: PARENT, turn: 't1' }, (course) => {
      log.info({}, 'before');
      assert.equal('request' in last(), false);
      course.request = 'r1';
      log.warn({ why: 'x' }, 'after');
      return Promise.resolve();
    });
    const { turn, request, trace, why } = last();
    assert.deepEqual({ turn, request, trace, why }, { turn: 't1', request: 'r1', trace: PARENT.trace, why: 'x' });
  });

  it('says nothing of that outside of any', () => {
    log.error({ reference: 'ab' }, 'beside');
    assert.deepEqual(Object.keys(last()).sort(), ['level', 'msg', 'reference', 'time']);
  });
});

describe('a call to Microsoft', () => {
  const reading = readConfig({
    MicrosoftAppId: '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8',
    MicrosoftAppTenantId: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b',
    MicrosoftAppPassword: 'x',
    GRAPH_API_URL: 'https://login.example.org/',
    ENTRA_LOGIN_URL: 'https://login.example.org',
  });
  const net: Net = {
    request: () => Promise.resolve({ ok: true, status: 204, headers: {}, text: '' }),
    fetch: () => Promise.resolve(new Response()),
  };

  it('counts for the service that is called, wherever that is', async () => {
    const metrics = new Metrics();
    const watched = watchedNet(net, reading.ok ? reading.config : assert.fail('configuration'), {
      courses: new Courses(silentTracing),
      metrics,
    });
    const calls = [
      ['https://login.example.org/v1.0/me/checkMemberGroups', 'graph'],
      ['https://login.example.org/tenant/oauth2/v2.0/token', 'entra'],
      ['https://api.security.microsoft.com/api/machines', 'defender'],
      ['https://smba.trafficmanager.net/emea/v3/conversations/a/activities', 'teams'],
    ] as const;
    for (const [url] of calls) await watched.request({ url, method: 'GET', timeoutMs: SECOND });
    const text = await metrics.text();
    for (const [, service] of calls) {
      assert.ok(text.includes(`scanbot_call_seconds_count{service="${service}",outcome="2xx"} 1\n`), service);
    }
  });
});

describe('a commit', () => {
  it('counts what was asked for, what a schedule begins, what is sent and what is over', async () => {
    const metrics = new Metrics();
    const commit = watchedCommit(() => Promise.resolve(true), { courses: new Courses(silentTracing), metrics });
    const asked = requestOf();
    await commit({ move: { before: undefined, after: asked }, begins: requestOf() });
    await commit({ move: { before: asked, after: moved(asked, stages.submitting) } });
    await commit({ move: { before: asked, after: moved(asked, stages.closed) } });
    const text = await metrics.text();
    for (const line of [
      'requests_total{step="asked"} 2',
      'requests_total{step="sent"} 1',
      'ended_total{how="refused"} 1',
    ])
      assert.ok(text.includes(`scanbot_${line}\n`), line);
  });
});

describe('a scan that a schedule begins', () => {
  it('is in a trace of its own, and the rest of the commit in that which goes on', async () => {
    const courses = new Courses(silentTracing);
    const traces: (string | undefined)[] = [];
    const commit = watchedCommit(
      ({ trace }) => {
        traces.push(trace);
        return Promise.resolve(true);
      },
      { courses, metrics: new Metrics() },
    );
    await courses.run({ name: 'work', facts: {}, parent: PARENT }, async ({ spot }) => {
      assert.equal(spot.trace, PARENT.trace);
      await commit({});
      await commit({ begins: requestOf() });
    });
    const [usual = '', begun = ''] = traces;
    assert.ok(usual.includes(PARENT.trace));
    assert.match(begun, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    assert.ok(!begun.includes(PARENT.trace));
  });
});

describe('work on a row', () => {
  const clock = new FakeClock();
  const seen: (string | undefined)[] = [];
  let courses: Courses;
  let metrics: Metrics;

  function workers(work: Worker['work']): ReturnType<typeof watchedWorkers> {
    courses = new Courses(silentTracing);
    metrics = new Metrics();
    const worker = { work, giveUp: () => Promise.resolve(DONE) };
    const all = {
      request: worker,
      errand: worker,
      follower: worker,
      confirmer: worker,
      message: worker,
      search: worker,
      batch: worker,
    };
    return watchedWorkers(all, { courses, metrics, clock });
  }

  it('goes on in the trace that the row was written in', async () => {
    const { request } = workers(() => {
      seen.push(courses.current()?.spot.trace, courses.current()?.request);
      return Promise.resolve(DONE);
    });
    await request.work({ kind: 'request', id: 'r', attempt: 1, fails: 0, trace: traceparentOf(PARENT) });
    assert.deepEqual(seen, [PARENT.trace, 'r']);
    assert.match(await metrics.text(), /scanbot_work_seconds_count\{kind="request",outcome="done"\} 1/);
  });

  it('is known by the request that it is about, and never by a person', async () => {
    const id = '3d6a1f0e-52c7-4b8e-a1d9-70c2e4f6b813';
    const noted: (string | undefined)[] = [];
    const all = workers(() => {
      noted.push(courses.current()?.request);
      return Promise.resolve(DONE);
    });
    const claims = [
      ['errand', id, id],
      ['batch', id, id],
      ['message', `card:${id}:2`, id],
      ['message', `ended:${id}`, id],
      ['message', `sign-in:${id}:1`, undefined],
      ['message', `press:19:${id}@thread.v2|7`, undefined],
      ['follower', id, undefined],
      ['confirmer', id, undefined],
    ] as const;
    for (const [kind, claim] of claims) await all[kind].work({ kind, id: claim, attempt: 1, fails: 0 });
    assert.deepEqual(
      noted,
      claims.map(([, , request]) => request),
    );
  });

  it('tells how long a message took to arrive, once it has', async () => {
    const claim = { kind: 'message', id: 'm', attempt: 1, fails: 0, since: clock.now() - 40 * SECOND } as const;
    const waiting = workers(() => Promise.resolve(again(0)));
    await waiting.message.work(claim);
    assert.match(await metrics.text(), /scanbot_notice_delay_seconds_count 0/);
    await workers(() => Promise.resolve(DONE)).message.work(claim);
    assert.match(await metrics.text(), /scanbot_notice_delay_seconds_sum 40\n/);
  });
});

describe('the levels', () => {
  const counts = {
    queues: [{ kind: 'message', due: 2, later: 0, dead: 0 }],
    open: { asked: 3 },
    auditWaiting: 1,
  } as const;

  it('tell how much Defender’s quota leaves, and are counted every few seconds at most', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const store = {
      counts: () => Promise.resolve({ ...counts, open: { ...counts.open } as never }),
      callsSince: (time: number) => {
        asked += 1;
        return Promise.resolve(new Map([['defender start-scan', clock.now() - time > 60 * SECOND ? 30 : 5]]));
      },
    };
    const levels = levelsOf({ store, clock, log: createLog('silent') });
    const { budget } = (await levels()) as Levels;
    const left = budget.filter(({ api }) => api === 'start-scan').map(({ window, left }) => [window, left]);
    assert.deepEqual(left, [
      ['minute', 90],
      ['hour', 1395],
    ]);
    await levels();
    assert.equal(asked, 2);
    clock.advance(5 * SECOND);
    await levels();
    assert.equal(asked, 4);
  });

  it('keep the last that were known while the store is away, and say that it is', async () => {
    const metrics = new Metrics();
    let isAway = false;
    metrics.measures(() => Promise.resolve(isAway ? 'away' : { ...counts, budget: [] }));
    metrics.ready(true);
    assert.match(await metrics.text(), /scanbot_ready 1/);
    isAway = true;
    const text = await metrics.text();
    assert.match(text, /scanbot_ready 0/);
    assert.match(text, /scanbot_queue_rows\{kind="message",state="due"\} 2/);
    assert.match(text, /scanbot_audit_waiting 1/);
  });

  it('are of no harm when the store fails', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('broken'));
    const store = { counts: failing, callsSince: failing };
    assert.equal(await levelsOf({ store, clock: new FakeClock(), log: createLog('silent') })(), 'away');
  });
});
