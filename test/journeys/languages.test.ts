import assert from 'node:assert/strict';
import { words } from '../../src/chat/language.ts';
import type { WordKey } from '../../src/chat/language.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';

/** Somebody who has Teams in this language, and what they type and read. */
interface Speaker {
  readonly handle: string;
  readonly language: string;
  readonly ask: string;
  readonly comment: string;
  readonly ended: RegExp;
  readonly help: readonly [typed: string, heading: string];
  readonly cancel: readonly [typed: string, answer: RegExp];
}

const SPEAKERS: readonly Speaker[] = [
  {
    handle: 'alice',
    language: 'en',
    ask: 'scan full fin-laptop-07 because alert 3212',
    comment: 'Check machine for viruses due to alert 3212',
    ended: /Full scan of fin-laptop-07.contoso.com finished/,
    help: ['help', 'What to type'],
    cancel: ['cancel srv-files-01', /srv-files-01: you have no open scan request/],
  },
  {
    handle: 'sanna',
    language: 'sv',
    ask: 'skanna fullständigt fin-laptop-07 eftersom larm 3212',
    comment: 'Sök igenom enheten efter virus med anledning av avisering 3212',
    ended: /Fullständig genomsökning av fin-laptop-07.contoso.com klar/,
    help: ['hjälp', 'Så här skriver du'],
    cancel: ['avbryt srv-files-01', /srv-files-01: du har ingen öppen begäran/],
  },
  {
    handle: 'noor',
    language: 'nl',
    ask: 'scan volledig fin-laptop-07 vanwege waarschuwing 3212',
    comment: 'Apparaat op virussen controleren vanwege waarschuwing 3212',
    ended: /Volledige scan van fin-laptop-07.contoso.com voltooid/,
    help: ['hulp', 'Wat je kunt typen'],
    cancel: ['annuleer srv-files-01', /srv-files-01: je hebt hier geen open scanaanvraag/],
  },
  {
    handle: 'wei',
    language: 'zh-Hans',
    ask: '全面扫描fin-laptop-07，因为警报 3212',
    comment: '因警报 3212 检查设备是否感染病毒',
    ended: /fin-laptop-07.contoso.com 的完全扫描已完成/,
    help: ['帮助', '可以输入的内容'],
    cancel: ['取消 srv-files-01', /srv-files-01：你在这里没有可以取消的扫描请求/],
  },
];

for (const { handle, language, ask, comment, ended, help, cancel } of SPEAKERS) {
  const { t } = words(language);

  describe(`a scan in ${language}`, () => {
    let house: House;
    beforeEach(async () => {
      house = await House.open();
      await house.teams.driver.isSignedIn(handle);
    });
    afterEach(() => house.close());

    it('goes from the message to the mention at its end, and reaches Defender in its own words', async () => {
      const { driver } = house.teams;
      await driver.says(handle, ask);
      await house.shows(t('state.proposed.heading'));
      await driver.presses(handle, t('button.run'));
      await house.shows(t('state.pending.heading'));
      await house.passes(20 * SECOND, t('state.running.heading'));
      await house.passes(40 * SECOND, t('state.unconfirmed.heading'));
      await house.passes(MINUTE, t('state.ended-completed.heading'));
      const [notice] = await driver.until(() => found(driver.mentionsOf(handle)), 'the mention');
      assert.match(unescaped(notice?.text ?? ''), ended);
      const [start] = house.starts();
      assert.deepEqual(JSON.parse((start as { requestBody: string }).requestBody), {
        Comment: comment,
        ScanType: 'Full',
      });
      assert.equal(driver.latestCard()?.['lang'], language.slice(0, 2));
    });

    it('is explained, and answers errors', async () => {
      const { driver } = house.teams;
      await driver.says(handle, help[0]);
      await house.shows(help[1]);
      await driver.says(handle, cancel[0]);
      await driver.until(() => driver.texts().some((text) => cancel[1].test(unescaped(text))), 'the answer');
    });
  });
}

describe('a thread of several languages', () => {
  let house: House;
  afterEach(() => house.close());

  it('speaks to each person in theirs, whatever language they type in', async () => {
    house = await House.open();
    const { driver } = house.teams;
    for (const handle of ['alice', 'sanna', 'noor', 'wei']) await driver.isSignedIn(handle);
    const asked: readonly (readonly [string, string, string])[] = [
      ['noor', 'skanna snabbt fin-laptop-07 eftersom larm 1', 'nl'],
      ['alice', '快速扫描 srv-files-01，因为警报 2', 'en'],
      ['wei', 'scan quick kiosk-lobby because alert 3', 'zh-Hans'],
      ['sanna', 'scan snel fin-laptop-11 vanwege waarschuwing 4', 'sv'],
    ];
    for (const [handle, text, language] of asked) {
      await driver.says(handle, text);
      await house.shows(words(language).t('state.proposed.heading'));
      assert.ok(JSON.stringify(driver.latestCard()).includes(words(language).t('confirm.quick')), text);
    }
    assert.equal(new Set(driver.titles()).size, 4);
  });

  it('has its cards in the language of the channel, and what is for one person in theirs', async () => {
    house = await House.open({ CHANNEL_LANGUAGE: 'svenska' });
    const { driver } = house.teams;
    await driver.isSignedIn('noor');
    await driver.says('noor', 'scan volledig fin-laptop-07 vanwege waarschuwing 3212');
    await house.shows(said('sv', 'state.proposed.heading'));
    const refused = await driver.presses('wei', said('sv', 'button.run'));
    assert.ok(JSON.stringify(refused.body).includes('此卡片属于'));
    const [own] = await driver.looks('noor');
    assert.ok(JSON.stringify(own?.body).includes(said('nl', 'state.proposed.heading')));
    const faulty = await driver.presses('noor', said('nl', 'button.run'), { comment: 'pipi\u202e' });
    assert.ok(JSON.stringify(faulty.body).includes(said('nl', 'fault.hidden-characters')));
    await driver.presses('noor', said('nl', 'button.run'));
    await house.shows(said('sv', 'state.pending.heading'));
    await house.passes(60 * SECOND, said('sv', 'state.unconfirmed.heading'));
    await house.passes(MINUTE, said('sv', 'state.ended-completed.heading'));
    const [notice] = await driver.until(() => found(driver.mentionsOf('noor')), 'the mention');
    assert.match(notice?.text ?? '', /Volledige scan van/);
  });

  it('is in the requester’s own language where nobody else reads', async () => {
    house = await House.open({ CHANNEL_LANGUAGE: 'sv' });
    const { driver } = house.teams;
    const chat = driver.personalChat('noor');
    await driver.isSignedIn('noor');
    await driver.says('noor', 'scan fin-laptop-07', chat);
    await house.shows(said('nl', 'state.proposed.heading'), chat);
  });
});

describe('the language that somebody chose', () => {
  let house: House;
  let chat: Place;
  beforeEach(async () => {
    house = await House.open();
    chat = house.teams.driver.personalChat('alice');
    await house.teams.driver.isSignedIn('alice');
  });
  afterEach(() => house.close());

  async function isTold(text: string, answer: RegExp): Promise<void> {
    const { driver } = house.teams;
    await driver.says('alice', text, chat);
    await driver.until(() => driver.texts(chat).some((one) => answer.test(one)), `an answer like ${String(answer)}`);
  }

  it('holds for cards and messages, and over a restart, until it is taken back', async () => {
    const { driver } = house.teams;
    await isTold('language Dutch', /Vanaf nu schrijf ik je in het Nederlands/);
    await driver.says('alice', 'scan fin-laptop-07 because it beeps', chat);
    await house.shows(said('nl', 'state.proposed.heading'), chat);
    await house.stop();
    await house.start();
    await driver.says('alice', 'help', chat);
    await house.shows(said('nl', 'help.heading'), chat);
    await isTold('taal auto', /language of your Teams: English/);
    await driver.says('alice', 'help', chat);
    await house.shows(said('en', 'help.heading'), chat);
  });

  it('holds for what was asked for before', async () => {
    const { driver } = house.teams;
    await driver.says('alice', 'scan fin-laptop-07 because it beeps', chat);
    await house.shows(said('en', 'state.proposed.heading'), chat);
    await isTold('语言 中文', /简体中文/);
    await driver.presses('alice', said('en', 'button.run'), {}, { place: chat });
    await house.shows(said('zh-Hans', 'state.pending.heading'), chat);
  });

  it('is one that is spoken: others are told which those are', async () => {
    await isTold('language Klingon', /English, .*svenska.*中文/);
    await isTold('language', /Type language and one of them/);
  });
});

function said(language: string, key: WordKey): string {
  return words(language).t(key);
}

function found<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** Markdown's escapes as a client shows them. */
function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
