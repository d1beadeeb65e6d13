import assert from 'node:assert/strict';
import type { Plan } from '../../src/scan/schedule/plan.ts';
import { nextTime } from '../../src/scan/schedule/plan.ts';
import { DAY, HOUR, MINUTE } from '../../src/scan/time.ts';
import { Approval } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { saidOn } from '../support/shown.ts';

const SUBMITTED = 'Submitted, waiting for the device';
const CONFIRM = 'Waiting for confirmation';
const TEN: Plan = {
  when: { is: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], minute: 22 * 60 },
  zone: 'Europe/Stockholm',
};
const DAILY = 'schedule scan full fin-laptop-07 daily 22:00 because patch day';

describe('a scheduled scan', () => {
  let house: House;
  let thread: Approval;

  const open = async (env: Record<string, string> = {}): Promise<void> => {
    house = await House.open(env);
    thread = new Approval(house, house.teams.driver.channelThread('times'));
    for (const handle of ['alice', 'bob']) await house.teams.driver.isSignedIn(handle);
  };
  beforeEach(() => open());
  afterEach(() => house.close());

  const schedules = async (text: string, one = thread): Promise<void> => {
    await one.says(text);
    await one.shows(CONFIRM);
    await one.presses('alice', 'Schedule it');
    await one.shows('Scheduled');
  };
  /** How long it is until the next 22:00 in Stockholm. */
  const untilTen = (): number => (nextTime(TEN, house.clock.now())?.at ?? 0) - house.clock.now();

  it('names its time and zone on the card, and is sent to nobody before', async () => {
    await thread.says(DAILY);
    await thread.shows(CONFIRM);
    assert.match(thread.fact('When'), /^every day at 22:00 \(Europe\/Stockholm\), until \d/);
    assert.match(thread.fact('Next time'), /22:00$/);
    assert.deepEqual(thread.buttonsFor('alice'), ['Schedule it', 'Dismiss']);
    assert.match(thread.cardText, /At that time Defender gets/);
    await thread.presses('alice', 'Schedule it');
    await thread.shows('Scheduled');
    assert.equal(house.starts().length, 0);
  });

  it('runs at its time in a card of its own, in the requester’s name, and again the next day', async () => {
    await schedules(DAILY);
    await house.passes(untilTen(), SUBMITTED, thread.place);
    assert.equal(house.starts().length, 1);
    assert.match(thread.started, /alice@contoso\.com/);
    assert.match(thread.started, /patch day/);
    assert.equal(house.teams.driver.cardMessages(thread.place).length, 2);
    await house.passes(HOUR, 'Accepted, not confirmed yet (Succeeded)', thread.place);
    await house.passes(untilTen(), SUBMITTED, thread.place);
    assert.equal(house.starts().length, 2);
  });

  it('is stopped on its card, and by its requester alone', async () => {
    await schedules(DAILY);
    const sent = await thread.presses('bob', 'Stop schedule');
    assert.match(JSON.stringify(sent.body), /Only Alice Andersson can decide here/);
    await thread.presses('alice', 'Stop schedule');
    await thread.shows('Schedule stopped');
    house.clock.advance(untilTen());
    house.clock.advance(DAY);
    assert.equal(house.starts().length, 0);
  });

  it('is stopped by name', async () => {
    await schedules(DAILY);
    await thread.says('stop schedule FIN-LAPTOP-07');
    await thread.hears(/the schedule is stopped/);
    await thread.says('stop schedule FIN-LAPTOP-07');
    await thread.hears(/You have no schedule for FIN-LAPTOP-07/);
    house.clock.advance(untilTen() + MINUTE);
    assert.equal(house.starts().length, 0);
  });

  it('is listed with a button that stops it, wherever the list stands', async () => {
    await schedules(DAILY);
    const { driver } = house.teams;
    const chat = driver.personalChat('alice');
    await driver.says('alice', 'schedules', chat);
    await house.shows('Your schedules', chat);
    const list = driver.latestCard(chat);
    assert.match(saidOn(list), /Full scan of fin-laptop-07[^]*every day at 22:00/);
    await driver.presses('alice', 'Stop no. 1', {}, { place: chat });
    await thread.shows('Schedule stopped');
  });

  it('waits for the approval of others, who see when it is to run, and needs no second one', async () => {
    await house.close();
    await open({ APPROVAL: 'second-person' });
    await thread.says(DAILY);
    await thread.shows('Waiting for approval');
    assert.match(thread.fact('When'), /^every day at 22:00 \(Europe\/Stockholm\), until/);
    await thread.presses('bob', 'Approve');
    await thread.shows('Scheduled');
    await thread.isTold('alice', /Bob.* approved\. .* is scheduled/);
    await house.passes(untilTen(), SUBMITTED, thread.place);
    assert.equal(house.starts().length, 1);
  });

  it('expires without an approval before its only time', async () => {
    await house.close();
    await open({ APPROVAL: 'second-person' });
    await thread.says('schedule scan full fin-laptop-07 in 20 minutes because patch day');
    await thread.shows('Waiting for approval');
    await house.passes(20 * MINUTE, 'Expired without approval', thread.place);
  });

  it('asks for a sign-in half an hour before, and runs after it', async () => {
    await schedules('schedule scan full fin-laptop-07 in 40 minutes because patch day');
    await thread.says('sign out');
    await thread.hears(/You are signed out/);
    house.clock.advance(11 * MINUTE);
    await thread.isTold('alice', /is scheduled for .*, and your sign-in has ended/);
    await house.teams.driver.until(() => thread.asksToSignIn(), 'a sign-in');
    await house.teams.driver.signsIn('alice', { place: thread.place });
    await thread.isTold('alice', /you are signed in, so it starts at /);
    await house.passes(29 * MINUTE, SUBMITTED, thread.place);
  });

  it('was missed while the bot was away, which is told and not made up for', async () => {
    await schedules(DAILY);
    await house.stop();
    house.clock.advance(untilTen() + 20 * MINUTE);
    await house.start();
    await thread.isTold('alice', /I was not running then, so no scan was started[^]*Next time: /);
    assert.equal(house.starts().length, 0);
    house.clock.advance(untilTen() - MINUTE);
    await house.passes(MINUTE, SUBMITTED, thread.place);
  });

  it('is not lost with the process, and runs once', async () => {
    await schedules(DAILY);
    await house.stop();
    house.clock.advance(untilTen() + MINUTE);
    await house.start();
    await thread.shows(SUBMITTED);
    assert.equal(house.starts().length, 1);
  });

  it('works in a personal chat', async () => {
    const chat = new Approval(house, house.teams.driver.personalChat('alice'));
    await schedules(DAILY, chat);
    await house.passes(untilTen(), SUBMITTED, chat.place);
  });

  it('is not scheduled by a time that is missing, over or not understood', async () => {
    const told: readonly (readonly [string, RegExp])[] = [
      ['schedule scan full fin-laptop-07', /At what time\?/],
      ['scan fin-laptop-07 tomorrow', /At what time\?/],
      ['scan fin-laptop-07 every other monday 22:00', /I did not understand when/],
      ['scan fin-laptop-07 2020-01-01 22:00', /That time is over/],
    ];
    for (const [text, words] of told) {
      await thread.says(text);
      await thread.hears(words);
    }
    assert.deepEqual(thread.titles(), []);
  });

  it('is planned in every language, by the clock of the person', async () => {
    for (const [text, name] of [
      ['schemalägg fullständig genomsökning av fin-laptop-07 varje vardag kl 22:00 eftersom patchdag', 'sv'],
      ['plan een volledige scan van fin-laptop-07 elke werkdag om 22:00 vanwege patchdag', 'nl'],
      ['每个工作日22:00全面扫描 fin-laptop-07 因为补丁日', 'zh'],
    ] as const) {
      const one = new Approval(house, house.teams.driver.channelThread(name));
      await one.says(text);
      await one.shows(CONFIRM);
      assert.match(one.fact('When'), /^Monday to Friday at 22:00 \(Europe\/Stockholm\)/);
    }
  });
});
