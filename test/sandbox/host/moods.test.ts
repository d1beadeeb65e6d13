import assert from 'node:assert/strict';
import type { Message } from '../../../src/sandbox/page/api.ts';
import type { Player } from './player.ts';
import { Stage } from './stage.ts';

const COMMENT = { comment: 'alert 3212' };

describe('the world panel', () => {
  let stage: Stage;
  let alice: Player;

  before(async () => {
    stage = await Stage.open();
  });
  beforeEach(async () => {
    alice = await stage.player('alice');
    await alice.post('time-lapse', { factor: 14_400 });
  });
  afterEach(async () => {
    for (const { id, active } of (await alice.world()).moods) if (active) await alice.turns(id, false);
    await alice.close();
  });
  after(() => stage.close());

  /** Signed in, with a card to confirm. Every test has a device of its own. */
  async function asks(device: string): Promise<{ readonly thread: string; readonly card: Message }> {
    const thread = await alice.says(`scan full ${device}`);
    await alice.isSignedInAt(thread);
    return { thread, card: await alice.shows(thread, 'Waiting for confirmation') };
  }

  it('turns every mood on and off, and tells everybody', async () => {
    const { moods } = await alice.world();
    for (const { id } of moods) {
      await alice.turns(id);
      assert.equal(await alice.isOn(id), true, id);
      await alice.hears(id, true);
      await alice.turns(id, false);
      assert.equal(await alice.isOn(id), false, id);
    }
  });

  for (const [form, device] of [
    ['already-scanning-refused', 'fin-laptop-07'],
    ['already-scanning-existing', 'kiosk-lobby'],
  ] as const) {
    it(`lets a colleague be quicker, once (${form}): their scan is adopted`, async () => {
      const { thread, card } = await asks(device);
      const before = (await alice.wire()).length;
      await alice.turns(form);
      assert.equal((await alice.presses(card, 'Run scan', COMMENT)).kind, 'card');
      await alice.shows(thread, 'Scan finished: Succeeded');
      assert.equal(await alice.isOn(form), false);
      assert.match(
        JSON.stringify((await alice.inThread(thread)).map((message) => message.card)),
        /nina\.nord\W+contoso\.com/,
      );
      await alice.until(async () => (await alice.exercise('somebody-elses-scan')).done, 'the exercise');
      const starts = (await alice.wire(before)).filter(({ path }) => path.endsWith('/runAntiVirusScan'));
      assert.deepEqual(
        starts.map(({ status }) => status),
        [form.endsWith('refused') ? 400 : 201],
      );
    });
  }

  it('runs a scan of a colleague on a chosen device, one at a time', async () => {
    const { id } = await alice.device('fin-laptop-11');
    assert.equal((await alice.post('foreign-scan', { device: id, type: 'Quick' })).status, 200);
    const { scan } = await alice.device('fin-laptop-11');
    assert.deepEqual([scan?.type, scan?.by], ['Quick', 'nina.nord@contoso.com']);
    assert.equal((await alice.post('foreign-scan', { device: id })).status, 400);
    await alice.until(async () => (await alice.device('fin-laptop-11')).scan === undefined, 'its end');
  });

  it('lets a device sleep and wake, and a sleeping one keeps its scan waiting', async () => {
    const { thread, card } = await asks('sales-tablet-04');
    await alice.presses(card, 'Run scan', COMMENT);
    await alice.shows(thread, 'Submitted, waiting for the device');
    const { id, scan } = await alice.device('sales-tablet-04');
    assert.equal(scan?.status, 'Pending');
    await alice.post('device', { id, asleep: false });
    await alice.shows(thread, 'Scan finished: Succeeded');
    await alice.until(async () => (await alice.exercise('device-asleep')).done, 'the exercise');
    assert.equal((await alice.device('sales-tablet-04')).asleep, false);
  });

  it('asks which of two devices of one name is meant', async () => {
    const thread = await alice.says('scan hr-laptop-12');
    await alice.isSignedInAt(thread);
    const pick = await alice.until(
      async () => (await alice.inThread(thread)).find(({ card }) => JSON.stringify(card ?? '').includes('"pick"')),
      'the card',
    );
    const { id: device } = await alice.device('hr-laptop-12');
    const use = /"title":"([^"]+)","verb":"pick"/.exec(JSON.stringify(pick.card))?.[1] ?? '';
    assert.equal((await alice.presses(pick, use, { device })).kind, 'card');
    await alice.shows(thread, 'Waiting for confirmation');
    await alice.until(async () => (await alice.exercise('ambiguous-name')).done, 'the exercise');
  });

  it('takes the consent away from tokens that were given out before, too', async () => {
    const { thread, card } = await asks('lab-pc-03');
    await alice.turns('consent-missing');
    await alice.presses(card, 'Run scan', COMMENT);
    await alice.until(
      async () => (await alice.wire()).some(({ note }) => note?.includes('AADSTS65001') === true),
      'Entra’s no',
    );
    await alice.until(async () => /consent/i.test(JSON.stringify(await alice.inThread(thread))), 'the word');
  });

  it('asks for a second factor, which the sign-in window gives and the silent road does not', async () => {
    const { thread, card } = await asks('lab-pc-03');
    await alice.turns('mfa-asked');
    const asked = await alice.presses(card, 'Run scan', COMMENT);
    if (asked.kind === 'login') await alice.signsIn({ login: asked.login, choice: 'ok' });
    else await alice.signsInAt(thread);
    await alice.shows(thread, 'Scan finished: Succeeded');
    assert.equal(await alice.isOn('mfa-asked'), true);
    assert.ok(
      (await alice.wire()).some(({ to, claims }) => to === 'entra' && JSON.stringify(claims ?? {}).includes('mfa')),
    );
  });

  it('says Succeeded early when the device has taken the scan', async () => {
    await alice.post('time-lapse', { factor: 60 });
    await alice.turns('succeeded-early');
    const { thread, card } = await asks('srv-files-01');
    await alice.presses(card, 'Run scan', COMMENT);
    await alice.shows(thread, 'Accepted, not confirmed yet (Succeeded)');
  });

  for (const [mood, device] of [
    ['defender-fails', 'Design-Mac-05'],
    ['network-cut', 'dev-station-02'],
    ['answer-lost', 'fin-laptop-11'],
    // The last one: the bot then keeps still for as long as Defender asks for.
    ['defender-throttled', 'srv-web-03'],
  ] as const) {
    it(`goes wrong once (${mood}), and the page hears when it has`, async () => {
      const { card } = await asks(device);
      const before = (await alice.wire()).length;
      await alice.turns(mood);
      await alice.hears(mood, true);
      await alice.presses(card, 'Run scan', COMMENT);
      await alice.hears(mood, false);
      assert.ok(
        (await alice.wire(before)).some(({ path, status }) => path.endsWith('/runAntiVirusScan') && status !== 201),
      );
    });
  }
});
