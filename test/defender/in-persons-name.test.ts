import assert from 'node:assert/strict';
import type { ActionId, Time } from '../../src/scan/ids.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { alice, contoso, NOON } from './contoso.ts';
import type { Contoso } from './contoso.ts';

const PERSON = { as: 'person', person: alice } as const;
const APPLICATION = { as: 'application' } as const;

describe('Defender in a person’s name', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso();
  });

  afterEach(() => here.standIn.close());

  it('starts exactly what was decided, as the person', async () => {
    const comment = "  Prüfen\r\nwegen 'Alert 3212' — 検査 🦠 \\ \" ";
    const answer = await here.defender.startScan(alice, here.device, 'Full', comment);
    assert(answer.ok);
    assert.equal(answer.value.requester, 'alice@contoso.com');
    assert.equal(answer.value.type, undefined, 'not told on the answer to a start');
    const [post] = here.net.sent;
    assert.equal(post?.url, `${here.standIn.url}/api/machines/${here.device}/runAntiVirusScan`);
    assert.equal(post.headers?.['content-type'], 'application/json');
    assert.equal(post.headers['authorization'], 'Bearer alice');
    assert.equal(here.standIn.wire.entries[0]?.requestBody, JSON.stringify({ Comment: comment, ScanType: 'Full' }));
  });

  it('reads a scan by its id', async () => {
    const { id } = started(here);
    const answer = await here.defender.scan(PERSON, id);
    assert(answer.ok);
    assert.deepEqual([answer.value.type, answer.value.status], ['Quick', 'Pending']);
  });

  it('does not take another kind of action for a scan', async () => {
    const { id } = started(here, { kind: 'Isolate' });
    assert.deepEqual(await here.defender.scan(PERSON, id), refused('unreadable'));
  });

  it('cancels with the person’s words, and is told when that is too late', async () => {
    const { id } = started(here);
    const answer = await here.defender.cancelScan(alice, id, 'Wrong device');
    assert(answer.ok);
    assert.equal(answer.value.status, 'Cancelled');
    assert.equal(here.standIn.wire.entries[0]?.requestBody, '{"Comment":"Wrong device"}');
    const again = await here.defender.cancelScan(alice, id, 'Wrong device');
    assert(!again.ok);
    assert.equal(again.refusal.kind, 'bad-request');
  });

  it('tells as whom Defender knows a person, and calls nothing for that', async () => {
    assert.deepEqual(await here.defender.accountsOf(alice), answered(['alice@contoso.com']));
    here.tokens.first = refused('consent-missing');
    assert.deepEqual(await here.defender.accountsOf(alice), refused('consent-missing'));
    assert.deepEqual(here.net.sent, []);
  });

  it('passes a refused token on, and sends nothing', async () => {
    here.tokens.first = refused('sign-in-needed');
    const answers = [
      await here.defender.findDevices(alice, 'fin-laptop-07'),
      await here.defender.startScan(alice, here.device, 'Quick', 'Check'),
      await here.defender.scansOfDevice(PERSON, here.device),
    ];
    assert.deepEqual(
      answers,
      answers.map(() => refused('sign-in-needed')),
    );
    assert.deepEqual(here.net.sent, []);
  });

  it('follows by the app’s own right when that is asked', async () => {
    started(here);
    assert((await here.defender.scansSince(APPLICATION, NOON)).ok);
    assert((await here.defender.scansOfDevice(APPLICATION, here.device)).ok);
    assert.deepEqual(here.tokens.asked, ['application', 'application']);
    assert(here.net.sent.every(({ headers }) => headers?.['authorization'] === 'Bearer app'));
  });
});

describe('a token that Defender refuses', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso();
    here.tokens.first = answered('stale');
  });

  afterEach(() => here.standIn.close());

  it('is replaced once, and the call repeated: it was not done', async () => {
    assert((await here.defender.startScan(alice, here.device, 'Quick', 'Check')).ok);
    assert.deepEqual(here.tokens.asked, ['Alice scan', 'Alice scan fresh']);
    assert.equal(here.standIn.actions.all.length, 1);
  });

  it('is replaced for a read as well', async () => {
    assert((await here.defender.findDevices(alice, 'fin-laptop-07')).ok);
    assert.equal(here.net.sent.length, 2);
  });

  it('is an answer when the next one is refused, too', async () => {
    here.tokens.fresh = answered('stale');
    const answer = await here.defender.findDevices(alice, 'fin-laptop-07');
    assert(!answer.ok);
    assert.equal(answer.refusal.kind, 'unauthorized');
    assert.equal(here.net.sent.length, 2);
  });

  it('is an answer when there is no other', async () => {
    here.tokens.fresh = refused('session-revoked');
    assert.deepEqual(await here.defender.startScan(alice, here.device, 'Quick', 'Check'), refused('session-revoked'));
    assert.equal(here.net.posts(), 1);
  });

  it('is replaced for the application as well', async () => {
    here.tokens.forApplication = answered('stale');
    assert((await here.defender.scansSince(APPLICATION, NOON)).ok);
    assert.deepEqual(here.tokens.asked, ['application', 'application fresh']);
  });

  it('holds up no start: when the next one comes too late to be sent in time, nothing is', async () => {
    here.tokens.freshTakes = () => {
      here.clock.advance(5 * SECOND);
    };
    const answer = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    assert.deepEqual(answer, refused('entra-unavailable', { code: 'too-late' }));
    assert.equal(here.net.posts(), 1);
    here.tokens.first = answered('alice');
    assert((await here.defender.startScan(alice, here.device, 'Quick', 'Check')).ok);
  });

  it('shortens the time of the start that follows it', async () => {
    here.tokens.freshTakes = () => {
      here.clock.advance(4 * SECOND);
    };
    assert((await here.defender.startScan(alice, here.device, 'Quick', 'Check')).ok);
    assert.deepEqual(
      here.net.sent.map(({ timeoutMs }) => timeoutMs),
      [5 * SECOND, SECOND],
    );
  });

  it('is not replaced when it is for another audience', async () => {
    here.tokens.first = answered('foreign');
    const answer = await here.defender.findDevices(alice, 'fin-laptop-07');
    assert(!answer.ok);
    assert.equal(answer.refusal.kind, 'forbidden');
    assert.deepEqual(here.tokens.asked, ['Alice scan']);
  });
});

describe('a read', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso({ timeoutMs: 1000 });
  });

  afterEach(() => here.standIn.close());

  const broken = [
    { it: 'the line breaks', mood: 'cut', settings: {} },
    { it: 'a gateway answers 502', mood: 'gateway', settings: { status: 502 } },
    { it: 'a gateway answers 503', mood: 'gateway', settings: { status: 503 } },
    { it: 'a gateway answers 504', mood: 'gateway', settings: { status: 504 } },
  ] as const;

  for (const { it: when, mood, settings } of broken) {
    it(`is repeated twice when ${when}`, async () => {
      here.standIn.moods.start(mood, { ...settings, times: 2 });
      assert((await here.defender.findDevices(alice, 'fin-laptop-07')).ok);
      assert.deepEqual(here.hurried.pauses, [200, 600]);
    });

    it(`is given up then when ${when} again`, async () => {
      here.standIn.moods.start(mood, { ...settings, times: 9 });
      const answer = await here.defender.findDevices(alice, 'fin-laptop-07');
      assert(!answer.ok);
      assert.equal(answer.refusal.kind, mood === 'cut' ? 'no-answer' : 'failed');
      assert.equal(here.net.sent.length, 3);
    });
  }

  it('is not repeated when Defender itself failed, refused or said nothing in time', async () => {
    for (const mood of ['fails', 'permission-missing', 'slow', 'throttled'] as const) {
      here.standIn.moods.clear();
      here.standIn.moods.start(mood, mood === 'throttled' ? { on: 'read-action' } : {});
      await here.defender.scan(PERSON, started(here).id);
    }
    assert.equal(here.net.sent.length, 4);
  });

  it('is not repeated when there is no time left', async () => {
    await here.standIn.close();
    here = await contoso({ timeoutMs: 700 });
    here.standIn.moods.start('cut', { times: 9 });
    await here.defender.findDevices(alice, 'fin-laptop-07');
    assert.deepEqual(here.hurried.pauses, [200, 600]);
    here.hurried.pauses.length = 0;
    await here.standIn.close();
    here = await contoso({ timeoutMs: 600 });
    here.standIn.moods.start('cut', { times: 9 });
    await here.defender.findDevices(alice, 'fin-laptop-07');
    assert.deepEqual(here.hurried.pauses, [200]);
  });
});

describe('the budget of calls', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso();
  });

  afterEach(() => here.standIn.close());

  it('refuses by itself when it is used up, and sends nothing', async () => {
    while (here.budget.take('start-scan', { reserve: true }, NOON).ok);
    const answer = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    assert.deepEqual(answer, refused('throttled', { retryAt: NOON + MINUTE }));
    assert.deepEqual(here.net.sent, []);
  });

  it('leaves its reserve to people, not to following', async () => {
    while (here.budget.take('list-scans', { reserve: false }, NOON).ok);
    assert.deepEqual(await here.defender.scansSince(PERSON, NOON), refused('throttled', { retryAt: NOON + MINUTE }));
    assert((await here.defender.scansOfDevice(PERSON, here.device)).ok);
  });

  it('heeds a 429: nothing more goes to that API before the time it named', async () => {
    here.standIn.moods.start('throttled', { seconds: 45 });
    const retryAt: Time = NOON + 45 * SECOND;
    await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    const second = await here.defender.startScan(alice, here.device, 'Quick', 'Check');
    assert.deepEqual(second, refused('throttled', { retryAt }));
    assert.equal(here.net.posts(), 1);
    here.clock.advance(45 * SECOND);
    assert((await here.defender.startScan(alice, here.device, 'Quick', 'Check')).ok);
  });

  it('stays below what Defender allows', async () => {
    for (let calls = 0; calls < 110; calls += 1) await here.defender.scansOfDevice(PERSON, here.device);
    assert(here.standIn.wire.entries.every(({ status }) => status === 200));
    assert.equal(here.net.sent.length, 95);
  });
});

function started(here: Contoso, facts: { readonly kind?: string } = {}): { readonly id: ActionId } {
  const { laptop: device, standIn } = here;
  const action = standIn.actions.add({ device, type: 'Quick', comment: 'x', requestor: 'alice@contoso.com', ...facts });
  return { id: action.id as ActionId };
}
