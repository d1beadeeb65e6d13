import assert from 'node:assert/strict';
import { Player } from './player.ts';
import { Stage } from './stage.ts';

describe('the sandbox page', () => {
  let stage: Stage;
  let alice: Player;

  before(async () => {
    stage = await Stage.open();
  });
  beforeEach(async () => {
    alice = await stage.player('alice');
  });
  afterEach(() => alice.close());
  after(() => stage.close());

  it('finds people, places, devices, alerts, moods and exercises in the world', async () => {
    const { bot, people, places, devices, alerts, moods, timeLapse, timeLapses, drill, commands } = await alice.world();
    assert.deepEqual(bot, { name: 'Scan Bot', initials: 'SB' });
    assert.deepEqual(
      people
        .map(({ handle, initials }) => [handle, initials])
        .flat()
        .join(' '),
      'alice AA bob BB mallory MM sven SS',
    );
    assert.equal(people.find(({ handle }) => handle === 'sven')?.locale, 'sv-SE');
    assert.deepEqual(
      places.map(({ kind }) => kind).join(' '),
      'channel channel group personal personal personal personal',
    );
    assert.equal(places[0]?.team, 'Security Operations');
    assert.ok(devices.length >= 12);
    assert.deepEqual(
      devices.filter(({ asleep }) => asleep).map(({ name }) => name),
      ['sales-tablet-04.contoso.com'],
    );
    assert.match(devices.find(({ asleep }) => asleep)?.note ?? '', /Tuesday/);
    assert.equal(devices.filter(({ name }) => name === 'hr-laptop-12.contoso.com').length, 2);
    assert.ok(alerts.some(({ device }) => device === 'dev-station-02.contoso.com'));
    assert.ok(moods.every(({ active, description }) => !active && description.endsWith('.')));
    assert.equal(timeLapses.find(({ factor }) => factor === timeLapse)?.says, 'A full scan takes 20 seconds');
    assert.ok(drill.every(({ done, steps }) => !done && steps.length > 1 && steps.every((step) => !step.done)));
    assert.ok(commands.includes('my scans'));
  });

  it('is not empty: colleagues have written, and the bot has greeted everybody in person', async () => {
    const [first] = await alice.messages();
    assert.deepEqual(first?.author, { kind: 'person', handle: 'bob' });
    const { id } = await alice.place('Scan Bot');
    const greeting = (await alice.messages()).find(({ place }) => place === id);
    assert.deepEqual([greeting?.author.kind, greeting?.card?.['type']], ['bot', 'AdaptiveCard']);
  });

  it('shows nobody what others say to the bot in person, nor a chat that they are not in', async () => {
    const mallory = await Player.open(stage.sandbox.url, 'mallory');
    const own = await mallory.place('Scan Bot');
    const { id: handover } = await alice.place('Shift handover');
    const seen = new Set((await mallory.messages()).map(({ place }) => place));
    assert.deepEqual(
      [seen.has(own.id), seen.has(handover), seen.has((await alice.place('Scan Bot')).id)],
      [true, false, false],
    );
    await alice.post('say', { as: 'alice', place: handover, text: 'Only for us' });
    await alice.until(() => alice.heard.some(({ name }) => name === 'message'), 'the message');
    assert.ok(!mallory.heard.some(({ name }) => name === 'message'));
    const refused = await mallory.post('say', { as: 'mallory', place: handover, text: 'Let me in' });
    assert.deepEqual(refused, { status: 400, body: { error: 'There is no such place for this person.' } });
    await mallory.close();
  });

  it('brings to the bot only what mentions it, or is said to it in person', async () => {
    const { id: place } = await alice.place('General');
    const said = await alice.post<{ message: string; thread: string }>('say', {
      as: 'alice',
      place,
      text: 'help, anybody?',
    });
    assert.equal(said.body.thread, said.body.message);
    const toBob = {
      as: 'alice',
      place,
      thread: said.body.thread,
      text: 'What do you think, @Bob Berg?\nOr <b>you</b>',
    };
    await alice.post('say', toBob);
    const heard = async (): Promise<readonly string[]> =>
      (await alice.wire()).filter(({ from }) => from === 'teams').map(({ note }) => note ?? '');
    assert.ok(!(await heard()).some((note) => note.startsWith('message from Alice')));
    const { mentions, html } = (await alice.inThread(said.body.thread)).at(-1) ?? {};
    assert.deepEqual(mentions, ['bob']);
    assert.equal(
      html,
      'What do you think, <span class="mention" data-handle="bob">Bob Berg</span>?<br>Or &lt;b&gt;you&lt;/b&gt;',
    );
    await alice.post('say', { ...toBob, text: 'Please @Scan Bot help' });
    assert.ok((await heard()).some((note) => note.startsWith('message from Alice')));
    await alice.shows(said.body.thread, 'What to type');
    const sent = (await alice.wire()).findLast(({ note }) => note === 'message from Alice Andersson');
    assert.match(JSON.stringify(sent?.body), /"text":"Please <at>Scan Bot<\/at> help"/);
  });

  it('signs in silently where Teams can, and by the window where it cannot; twice does no harm', async () => {
    const { id: place } = await alice.place('Scan Bot');
    await alice.post('say', { as: 'alice', place, text: 'status fin-laptop-07' });
    const card = await alice.until(
      async () => (await alice.messages()).find((message) => message.place === place && message.signIn !== undefined),
      'the request to sign in',
    );
    assert.equal(card.signIn?.button, 'Sign in');
    const cancelled = await alice.signsIn({ message: card.id, choice: 'cancel' });
    assert.deepEqual(cancelled, { kind: 'none' });
    assert.deepEqual(await alice.signsIn({ message: card.id, choice: 'ok' }), { kind: 'none' });
    assert.ok((await alice.wire()).some(({ note }) => note === 'signin/tokenExchange from Alice Andersson'));
    const edit = alice.heard.findLast(({ name, data }) => name === 'edit' && 'id' in data && data.id === card.id);
    assert.match(JSON.stringify(edit), /"done":true/);
    await alice.signsIn({ message: card.id, choice: 'ok' });
  });

  it('shows a forged or outdated press what it deserves', async () => {
    const { id } = await alice.place('Scan Bot');
    const message = (await alice.messages()).find(({ place }) => place === id)?.id ?? '';
    const action = { type: 'Action.Execute', title: 'Run everything', data: { verb: 'run' } };
    const forged = await alice.post('press', { as: 'alice', message, action, inputs: {} });
    assert.deepEqual(forged, { status: 400, body: { error: 'The card has no such button.' } });
    const other = await alice.post('press', { as: 'bob', message, action, inputs: {} });
    assert.deepEqual(other, { status: 400, body: { error: 'There is no such message for this person.' } });
  });

  it('answers with 400 to whatever cannot be done', async () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ['say', {}],
      ['say', { as: 'nobody', place: 'x', text: 'y' }],
      ['say', { as: 'alice', place: (await alice.place('Incidents')).id, thread: '17', text: 'y' }],
      ['press', { as: 'alice', message: '17', action: { type: 'Action.Execute', title: 'Run' }, inputs: {} }],
      ['sign-in', { as: 'alice', message: '17', choice: 'ok' }],
      ['sign-in', { as: 'alice', choice: 'perhaps' }],
      ['mood', { id: 'cheerful', on: true }],
      ['device', { id: 'toaster', asleep: true }],
      ['foreign-scan', { device: 'toaster' }],
      ['time-lapse', { factor: 0 }],
    ];
    for (const [path, body] of wrong) {
      const answer = await alice.post<{ error: string }>(path, body);
      assert.equal(answer.status, 400, path);
      assert.ok(answer.body.error.length > 0);
    }
  });
});
