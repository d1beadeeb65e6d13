import assert from 'node:assert/strict';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import type { Message } from '../../src/sandbox/teams/message.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { House } from '../support/house.ts';

const CLEAN = 'fin-laptop-07.contoso.com';
const INFECTED = 'dev-station-02.contoso.com';
const QUARTER = 15 * MINUTE;
/** Nobody else waits for so long. */
const DAWDLES = 61 * SECOND;

describe('what a scan found', () => {
  let house: House;
  afterEach(() => house.close());

  async function open(env: Record<string, string> = {}): Promise<void> {
    house = await House.open(env);
    await house.teams.driver.isSignedIn('alice');
  }

  /** From the message to the notice of its end. */
  async function scans(device: string, place?: Place): Promise<Message> {
    const { driver } = house.teams;
    const before = driver.mentionsOf('alice').length;
    await driver.says('alice', `scan quick ${device} because ticket 12`, place);
    await house.shows('Waiting for confirmation', place);
    await driver.presses('alice', 'Run scan', {}, place === undefined ? {} : { place });
    await house.shows('Submitted, waiting for the device', place);
    await house.passes(20 * SECOND, 'Scan running', place);
    await house.passes(40 * SECOND, 'Scan finished: Succeeded', place);
    return driver.until(() => driver.mentionsOf('alice')[before], 'the notice');
  }

  function personal(): Place {
    return house.teams.driver.personalChat('alice');
  }

  async function cardSays(words: RegExp, place?: Place): Promise<string> {
    const { driver } = house.teams;
    const card = (): string => JSON.stringify(driver.latestCard(place));
    await driver.until(() => words.test(card()), String(words));
    return card();
  }

  it('is told in the notice of the end, gravest first, with what the antivirus found before it', async () => {
    await open();
    const at = house.clock.now() + MINUTE;
    house.defender.raise(INFECTED, { title: 'Odd sign-in', severity: 'High', at });
    house.defender.raise(INFECTED, { title: 'Odd file', severity: 'Low', at });
    house.defender.raise(INFECTED, { title: 'EICAR', source: 'WindowsDefenderAv', family: 'EICAR_Test', at });
    const { text } = await scans(INFECTED, personal());
    // These three, and what the scan itself has found.
    assert.match(text, /4 alerts on this device since/);
    const [eicar, signIn, file] = ['[EICAR]', '[Odd sign', '[Odd file]'].map((title) => text.indexOf(title));
    assert.ok(eicar! > 0 && eicar! < signIn! && signIn! < file!, text);
    assert.match(
      text,
      /\(https:\/\/security\.microsoft\.com\/alerts\/da\d{18}_-\d+\) · Medium · EICAR\\_Test · New · last/,
    );
    assert.match(await cardSays(/Odd file/, personal()), /4 alerts on this device/);
  });

  it('is not what was there before the scan began', async () => {
    await open();
    house.defender.raise(CLEAN, { title: 'Of yesterday', at: house.clock.now() - DAY });
    const { text } = await scans(CLEAN, personal());
    assert.match(text, /No alert on this device since \d\d:\d\d, when I looked at \d\d:\d\d\./);
    assert.doesNotMatch(text, /Of yesterday/);
  });

  it('is at most five of them, then a count', async () => {
    await open();
    for (let nth = 0; nth < 7; nth += 1) house.defender.raise(CLEAN, { at: house.clock.now() + MINUTE });
    const { text } = await scans(CLEAN, personal());
    assert.equal(text.match(/\[Suspicious activity\]/g)?.length, 5);
    assert.match(text, /7 alerts on this device since .*\n[^]*2 more are in Defender\./);
  });

  it('is looked up again a quarter of an hour later, and told when something came', async () => {
    await open();
    await scans(CLEAN, personal());
    house.defender.raise(CLEAN, { title: 'Came late', severity: 'High' });
    await passes(QUARTER);
    const { driver } = house.teams;
    const later = await driver.until(() => driver.mentionsOf('alice')[1], 'the second notice');
    assert.match(later.text, /alerts came after I told you how it ended[^]*One alert[^]*\[Came late\]/);
    await cardSays(/Came late/, personal());
    await passes(HOUR);
    assert.equal(looks(), 2);
  });

  it('is not told twice, and nothing is told when nothing came', async () => {
    await open();
    house.defender.raise(CLEAN, { title: 'Known', at: house.clock.now() + MINUTE });
    await scans(CLEAN, personal());
    await passes(QUARTER);
    await house.teams.driver.until(() => looks() === 2, 'the second look');
    await passes(HOUR);
    assert.equal(house.teams.driver.mentionsOf('alice').length, 1);
  });

  it('is looked up again although the bot was killed in between', async () => {
    await open();
    await scans(CLEAN, personal());
    await house.stop();
    house.defender.raise(CLEAN, { title: 'While away' });
    await passes(QUARTER);
    await house.start();
    const { driver } = house.teams;
    const later = await driver.until(() => driver.mentionsOf('alice')[1], 'the second notice');
    assert.match(later.text, /While away/);
  });

  it('is a number in a channel, and more in the view of the requester alone', async () => {
    await open();
    house.defender.raise(CLEAN, { title: 'Secret thing', at: house.clock.now() + MINUTE });
    house.defender.raise(CLEAN, { title: 'Secret thing', at: house.clock.now() + MINUTE });
    const { text, revisions } = await scans(CLEAN);
    assert.match(text, /finished: Succeeded · findings: 2/);
    assert.match(text, /Findings: 2, details to the requester \(as of .*\)\./);
    assert.doesNotMatch(text + JSON.stringify(revisions), /Secret thing/);
    assert.doesNotMatch(await cardSays(/Findings: 2/), /Secret thing/);
    const { driver } = house.teams;
    const message = driver.cardMessages().at(-1)!;
    for (const handle of ['bob', 'alice']) await driver.looks(handle);
    assert.doesNotMatch(JSON.stringify(driver.viewOf('bob', message)), /Secret thing/);
    assert.match(JSON.stringify(driver.viewOf('alice', message)), /Secret thing/);
  });

  it('is not shown to somebody else who asks for the view of the requester', async () => {
    await open();
    house.defender.raise(CLEAN, { title: 'Secret thing', at: house.clock.now() + MINUTE });
    await scans(CLEAN);
    const refresh = (await cardSays(/Findings: 1/)) && house.teams.driver.latestCard();
    const { action } = (refresh as { refresh: { action: object } }).refresh;
    const answer = await house.teams.driver.invokes('bob', 'adaptiveCard/action', { action, trigger: 'manual' });
    assert.match(JSON.stringify(answer), /Findings: 1, details to the requester/);
    assert.doesNotMatch(JSON.stringify(answer), /Secret thing/);
  });

  it('is in the shared card where the organisation wants it there', async () => {
    await open({ CHANNEL_DETAIL: 'full' });
    house.defender.raise(CLEAN, { title: 'Open thing', at: house.clock.now() + MINUTE });
    assert.match((await scans(CLEAN)).text, /Open thing/);
  });

  it('is not known where nobody has allowed it, which is said once and stops nothing', async () => {
    await open();
    house.entra.moods.consentMissing.add('Alert.Read');
    const first = await scans(CLEAN);
    assert.doesNotMatch(first.text, /alert/i);
    await scans(INFECTED);
    await passes(HOUR);
    const { driver } = house.teams;
    const said = (): readonly string[] => driver.texts().filter((text) => /cannot read Defender.s alerts/.test(text));
    await driver.until(() => said().length > 0, 'the word');
    assert.equal(said().length, 1);
    assert.match(said()[0] ?? '', /Nobody has allowed this app[^]*consent/);
    assert.equal(looks(), 0);
  });

  it('is not known where the licence is missing, which is said once', async () => {
    await open();
    const settings = { on: 'device-alerts', status: 403, word: 'DisabledFeature' } as const;
    house.defender.moods.start('refuses', settings);
    await scans(CLEAN);
    await scans(INFECTED);
    const said = house.teams.driver.texts().filter((text) => /cannot read Defender.s alerts/.test(text));
    assert.equal(said.length, 1);
  });

  it('comes later when Defender takes no calls for the moment', async () => {
    await open();
    house.defender.raise(CLEAN, { title: 'Waiting', at: house.clock.now() + MINUTE });
    for (const on of ['device-alerts', 'list-alerts'] as const)
      house.defender.moods.start('throttled', { on, seconds: 30 });
    const { text } = await scans(CLEAN, personal());
    assert.match(text, /could not be looked up yet\. I look again at/);
    await passes(3 * MINUTE);
    const { driver } = house.teams;
    const later = await driver.until(() => driver.mentionsOf('alice')[1], 'the findings');
    assert.match(later.text, /Waiting/);
  });

  it('comes with the notice when Defender takes no more calls for single devices', async () => {
    await open();
    house.defender.raise(CLEAN, { title: 'Among all', at: house.clock.now() + MINUTE });
    house.defender.raise(INFECTED, { title: 'Elsewhere', at: house.clock.now() + MINUTE });
    house.defender.moods.start('throttled', { on: 'device-alerts', seconds: 600, times: 100 });
    const { text } = await scans(CLEAN, personal());
    assert.match(text, /One alert on this device since[^]*Among all/);
    assert.doesNotMatch(text, /Elsewhere/);
  });

  /** A jump is longer than any lease: what is in the bot's hands comes to its end first. */
  async function passes(ms: number): Promise<void> {
    await house.comesToRest();
    house.clock.advance(ms);
  }

  function looks(): number {
    return house.defender.wire.entries.filter(({ path }) => path.split('?')[0]?.endsWith('/alerts')).length;
  }
});

describe('an alert or incident that is named as the reason', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.open();
    await house.teams.driver.isSignedIn('alice');
  });
  afterEach(() => house.close());

  async function asks(reason: string, place?: Place): Promise<string> {
    const { driver } = house.teams;
    await driver.says('alice', `scan full ${CLEAN} because ${reason}`, place);
    await house.shows('Waiting for confirmation', place);
    return JSON.stringify(driver.latestCard(place));
  }

  const own = (): Place => house.teams.driver.personalChat('alice');
  const asked = (): readonly string[] =>
    house.defender.wire.entries.map(({ path }) => path).filter((path) => path.includes('/alerts'));

  it('stands on the card with its title, its severity and its page', async () => {
    const id = house.defender.raise(CLEAN, { title: 'Odd [process]', severity: 'High' });
    const card = await asks(`alert ${id}`, own());
    assert.ok(card.includes(`](https://security.microsoft.com/alerts/${id}) · High · Odd`), card);
    assert.match(card, /Check machine for viruses due to alert da/);
  });

  it('is a page and no more where everybody reads along; the requester has a view with the rest', async () => {
    const id = house.defender.raise(CLEAN, { title: 'Secret title', severity: 'High' });
    const card = await asks(`alert ${id}`);
    assert.ok(card.includes(`/alerts/${id})`) && !card.includes('Secret title'), card);
    const { driver } = house.teams;
    await driver.looks('alice');
    assert.match(JSON.stringify(driver.viewOf('alice', driver.cardMessages().at(-1)!)), /High · Secret title/);
  });

  it('is an incident with the gravest of its alerts', async () => {
    house.defender.raise(CLEAN, { incident: 7587, title: 'Small', severity: 'Low' });
    house.defender.raise(INFECTED, { incident: 7587, title: 'Grave', severity: 'High' });
    const card = await asks('incident 7587', own());
    assert.match(card, /\[7587\]\(https:\/\/security\.microsoft\.com\/incidents\/7587\) · 2 alerts · High · Grave/);
  });

  it('is told when it is about another device', async () => {
    const id = house.defender.raise(INFECTED, { title: 'Elsewhere' });
    assert.match(await asks(id, own()), /about another device: dev-station-02/);
  });

  it('is only linked when the person may not read alerts', async () => {
    house.entra.moods.consentMissing.add('Alert.Read');
    const id = house.defender.raise(CLEAN, { title: 'Secret title' });
    const card = await asks(`alert ${id}`, own());
    assert.ok(card.includes(`/alerts/${id})`) && !card.includes('Secret title'), card);
  });

  it('is linked from the notice of the end', async () => {
    const { driver } = house.teams;
    const id = house.defender.raise(CLEAN, { at: house.clock.now() - DAY });
    await asks(`alert ${id}`);
    await driver.presses('alice', 'Run scan');
    await house.shows('Submitted, waiting for the device');
    await house.passes(20 * SECOND, 'Scan running');
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)');
    await house.passes(2 * MINUTE, 'Scan finished: Succeeded');
    const notice = await driver.until(() => driver.mentionsOf('alice')[0], 'the notice');
    assert.ok(notice.text.includes(`/alerts/${id})`), notice.text);
  });

  for (const reason of ['alert 3212', '3212', 'ticket 7587', 'INC0007587']) {
    it(`is none in "${reason}", which stays a text and is never looked up`, async () => {
      const card = await asks(reason, own());
      assert.doesNotMatch(card, /\/alerts\/|\/incidents\//);
      assert.deepEqual(asked(), []);
    });
  }

  it('does not keep the card waiting', async () => {
    house.defender.moods.start('slow', { on: 'read-alert', seconds: DAWDLES / SECOND });
    const { driver } = house.teams;
    const id = house.defender.raise(CLEAN, { title: 'Too late' });
    await driver.says('alice', `scan full ${CLEAN} because alert ${id}`, own());
    await house.clock.isWaitedFor(DAWDLES);
    assert.deepEqual(driver.titles(own()), []);
    house.clock.advance(4 * SECOND);
    await house.shows('Waiting for confirmation', own());
    assert.doesNotMatch(JSON.stringify(driver.latestCard(own())), /Too late/);
  });
});
