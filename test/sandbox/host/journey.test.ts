import assert from 'node:assert/strict';
import type { Message } from '../../../src/sandbox/page/api.ts';
import type { Player } from './player.ts';
import { Stage } from './stage.ts';

const ASK = 'scan full fin-laptop-07 because alert 3212';

describe('two people in the sandbox', () => {
  let stage: Stage;
  let alice: Player;
  let bob: Player;

  beforeEach(async () => {
    stage = await Stage.open();
    [alice, bob] = await Promise.all([stage.player('alice'), stage.player('bob')]);
  });

  afterEach(() => stage.close());

  it('see the same thread live, from the question to the mention at its end', async () => {
    await alice.post('time-lapse', { factor: 1440 });
    const thread = await alice.says(ASK);
    await alice.signsInAt(thread);
    const confirm = await alice.shows(thread, 'Waiting for confirmation');
    assert.equal((await alice.presses(confirm, 'Run scan', { scanType: 'Full', comment: 'alert 3212' })).kind, 'card');
    await bob.shows(thread, 'Scan running');
    await bob.shows(thread, 'Scan finished: Succeeded');
    const toast = await alice.until(() => alice.heard.findLast(({ name }) => name === 'toast'), 'a toast');
    assert.match(JSON.stringify(toast.data), /fin-laptop-07/);
    const told = (await bob.inThread(thread)).at(-1);
    assert.match(told?.html ?? '', /<span class="mention" data-handle="alice">Alice Andersson<\/span>/);
    assert.deepEqual(told?.mentions, ['alice']);
    assert.deepEqual(ids(await bob.inThread(thread)), ids(await alice.inThread(thread)));
    assert.ok(bob.heard.some(({ name, data }) => name === 'edit' && 'id' in data && data.id === confirm.id));
    assert.ok(!bob.heard.some(({ name }) => name === 'toast'));
    const { done, steps } = await alice.until(async () => finished(await alice.exercise('first-scan')), 'the exercise');
    assert.deepEqual([done, steps.every((step) => step.done)], [true, true]);
    assert.ok(bob.heard.some(({ name }) => name === 'drill'));
  });

  it('have a wire log with every call, its claims and never a token', async () => {
    await alice.signsInAt(await alice.says('status fin-laptop-07'));
    const isRead = async (): Promise<boolean> =>
      (await alice.wire()).some(({ to, path }) => to === 'defender' && path === '/api/machineactions');
    await alice.until(isRead, 'a call to Defender');
    const lines = await alice.wire();
    assert.doesNotMatch(JSON.stringify(lines), /eyJ[\w-]+\.eyJ|sandbox-secret|sandbox-refresh/);
    const scopes = lines.filter(({ to }) => to === 'defender').map(({ claims }) => claims?.['scp']);
    assert.ok(scopes.every((scope) => String(scope).includes('Machine.')));
    const grant = lines.find(({ to, note }) => to === 'entra' && note === 'On behalf of Alice Andersson');
    assert.deepEqual([grant?.method, grant?.status, grant?.claims?.['scp']], ['POST', 200, 'access_as_user']);
    const said = lines.find(({ from, note }) => from === 'teams' && note === 'message from Alice Andersson');
    assert.match(JSON.stringify(said?.body), /<at>Scan Bot<\/at> status fin-laptop-07/);
    assert.deepEqual(
      lines.map(({ n }) => n),
      lines.map((_, index) => index + 1),
    );
    // More may follow at any time: what is there already stays as it is.
    const [from] = await alice.wire(lines.length - 1);
    assert.deepEqual(from, lines.at(-1));
  });

  it('find their open card withdrawn after a sign-out', async () => {
    const thread = await bob.says(ASK);
    await bob.signsInAt(thread);
    const confirm = await bob.shows(thread, 'Waiting for confirmation');
    await bob.says('sign out');
    await bob.until(
      () => bob.heard.find(({ name, data }) => name === 'message' && 'text' in data && /signed out/i.test(data.text)),
      'the farewell',
    );
    const answer = await bob.presses(confirm, 'Run scan', { comment: 'alert 3212' });
    assert.equal(answer.kind, 'card');
    assert.ok(!(await bob.wire()).some(({ to, path }) => to === 'defender' && path.endsWith('/runAntiVirusScan')));
  });

  it('are told when Defender permits one of them nothing', async () => {
    const mallory = await stage.player('mallory');
    const thread = await mallory.says(ASK);
    await mallory.signsInAt(thread);
    const refusal = async (): Promise<Message | undefined> =>
      (await mallory.inThread(thread)).find(({ text }) => /may not (do|see)/.test(text));
    await mallory.until(refusal, 'a refusal');
    const wire = await mallory.wire();
    assert.ok(wire.some(({ to, status }) => to === 'defender' && status === 403));
  });

  it('begin anew together', async () => {
    const before = await alice.says('help');
    await alice.turns('defender-slow');
    assert.equal((await alice.post('reset', {})).status, 200);
    await bob.until(() => bob.heard.some(({ name }) => name === 'reset'), 'the reset');
    assert.deepEqual(await bob.inThread(before), []);
    assert.equal(await bob.isOn('defender-slow'), false);
    const thread = await bob.says('help');
    await bob.shows(thread, 'What to type');
  });
});

function ids(messages: readonly Message[]): readonly string[] {
  return messages.map(({ id }) => id);
}

function finished<Thing extends { readonly done: boolean }>(thing: Thing): Thing | undefined {
  return thing.done ? thing : undefined;
}
