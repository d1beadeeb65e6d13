import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { accepted, comesTo, FINISHED, houseOfLongScans, NOT_SHOWN } from '../support/long-scan.ts';
import { Many } from '../support/many.ts';
import { passing } from '../support/scene.ts';

const NO_HUNTING = { on: 'hunting' } as const;
const NO_RECORD = { on: 'av-health' } as const;

describe('somebody who wants to be told in one place', () => {
  let house: House;
  let chat: Place;
  let thread: Place;

  beforeEach(async () => {
    house = await House.open();
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    chat = driver.personalChat('alice');
    thread = driver.channelThread();
  });

  afterEach(() => house.close());

  const says = async (text: string, place: Place, answer: RegExp): Promise<void> => {
    const { driver } = house.teams;
    await driver.says('alice', text, place);
    await driver.until(() => answer.test(driver.texts(place).at(-1) ?? ''), `an answer like ${answer}`);
  };
  const starts = async (place: Place): Promise<void> => {
    const { driver } = house.teams;
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212', place);
    await house.shows('Waiting for confirmation', place);
    await driver.presses('alice', 'Run scan', {}, { place });
    await house.shows('Submitted, waiting for the device', place);
  };
  const ends = async (place: Place): Promise<void> => {
    await house.passes(20 * SECOND, 'Scan running', place);
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)', place);
    await house.passes(MINUTE, 'Scan finished: Succeeded', place);
  };
  const hears = async (place: Place): Promise<void> => {
    const { driver } = house.teams;
    const told = (): boolean => driver.texts(place).some((text) => text.includes('finished'));
    await driver.until(told, 'the end');
  };

  it('hears in the personal chat how a scan from a channel ends; its card stays there', async () => {
    const { driver } = house.teams;
    await starts(thread);
    await says('tell me here', chat, /^From now on I tell you here/);
    await ends(thread);
    await hears(chat);
    assert.deepEqual(
      driver.texts(thread).filter((text) => text.includes('finished')),
      [],
    );
    assert.equal(driver.mentionsOf('alice').length, 1);
  });

  it('hears it where it was asked for again after telling the channel', async () => {
    const { driver } = house.teams;
    await says('tell me here', chat, /^From now on I tell you here/);
    await says('tell the channel', thread, /where you asked for it/);
    await starts(thread);
    await ends(thread);
    await hears(thread);
    assert.ok(!driver.texts(chat).some((text) => text.includes('finished')));
  });

  it('may be told in a channel of what was asked for in a chat', async () => {
    const { driver } = house.teams;
    await says('tell me here', thread, /^From now on I tell you here/);
    await starts(chat);
    await ends(chat);
    await hears(thread);
    assert.ok(!driver.texts(chat).some((text) => text.includes('finished')));
  });

  it('hears there how many at once end, with their outcome as CSV; their card stays where it is', async () => {
    const { driver } = house.teams;
    const many = new Many(house, thread);
    await many.asks('scan quick fin-laptop-07, kiosk-lobby because alert 3212');
    await says('tell me here', chat, /^From now on I tell you here/);
    await many.presses('Run 2 scans');
    const told = (): boolean => driver.texts(chat).some((text) => text.includes('all over'));
    await many.until(() => told() && driver.cardMessages(chat).length === 1, 'the end in the chat');
    await many.shows('All scans are over');
    assert.deepEqual([driver.texts(thread), driver.cardMessages(thread).length], [[], 1]);
    assert.equal(driver.mentionsOf('alice').length, 1);
  });

  it('changes nothing for others', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('bob');
    await driver.says('bob', 'tell me here', driver.personalChat('bob'));
    await driver.until(() => driver.texts(driver.personalChat('bob')).length > 0, 'the answer');
    await starts(thread);
    await ends(thread);
    await hears(thread);
  });

  it('hears it where it was asked for when the place is gone', async () => {
    const { driver } = house.teams;
    await says('tell me here', chat, /^From now on I tell you here/);
    await driver.uninstalls(chat);
    await starts(thread);
    await ends(thread);
    await hears(thread);
  });
});

describe('a notice that was told elsewhere', () => {
  it('changes there when the end is confirmed later', async () => {
    const house = await houseOfLongScans();
    const { driver } = house.teams;
    const chat = driver.personalChat('alice');
    try {
      await driver.says('alice', 'tell me here', chat);
      await driver.until(() => driver.texts(chat).length === 1, 'the answer');
      for (const source of [NO_HUNTING, NO_RECORD]) house.defender.moods.start('permission-missing', source);
      const scene = await accepted(house, { type: 'Quick' }, NOT_SHOWN);
      const notice = (): string => driver.mentionsOf('alice')[0]?.text ?? '';
      await passing(house, () => notice().includes('its end is not confirmed'), 'the notice');
      house.defender.moods.clear();
      await comesTo(scene, FINISHED, 10 * MINUTE, 4 * HOUR);
      await passing(house, () => notice().includes('ran to its end at'), 'the changed notice');
      assert.ok(driver.texts(chat).includes(notice()));
      assert.equal(driver.mentionsOf('alice').length, 1);
    } finally {
      await house.close();
    }
  }).timeout(90_000);
});
