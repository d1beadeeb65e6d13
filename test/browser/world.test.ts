import assert from 'node:assert/strict';
import { describeInBrowser } from './browser.ts';
import type { Seat } from './seat.ts';
import { Stage } from './stage.ts';

describeInBrowser('the panel beside the conversation', function () {
  this.timeout(180_000);
  let stage: Stage;
  let alice: Seat;
  before(async () => {
    stage = await Stage.open();
    alice = await stage.seat('alice');
    await alice.goesTo('Scan Bot');
    await alice.presses('Sign in');
    await alice.note.getByRole('button', { name: 'Sign in' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await alice.page.getByText('You are signed in').first().waitFor();
    await alice.shot('19-signed-in');
    await stage.clear();
  });
  beforeEach(async () => {
    alice = await stage.seat('alice');
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('changes how fast scans go', async () => {
    await alice.opensTab('World');
    const fast = alice.page.getByRole('radio', { name: 'A full scan takes 5 seconds' });
    await fast.click();
    await alice.page.locator('[role=radio][aria-checked=true]', { hasText: '5 seconds' }).waitFor();
    await alice.shot('20-world');
  });

  it('keeps a mood that stays until it is turned off', async () => {
    await alice.opensTab('World');
    const missing = alice.page.getByRole('switch', { name: /Permission missing/ });
    await missing.click();
    await alice.says('@Scan Bot scan quick dev-station-02 because of a tip');
    await alice.seesCard('Waiting for confirmation');
    await alice.presses('Run scan');
    await alice.seesCard('Refused');
    await alice.shot('22-permission-missing');
    assert.equal(await missing.getAttribute('aria-checked'), 'true');
    await missing.click();
    await alice.page.locator('[data-mood="permission-missing"] [aria-checked=false]').waitFor();
  });

  it('puts a device to sleep and wakes it, and the drill sees it', async () => {
    await alice.opensTab('World');
    await alice.page.getByText(/\d+ devices, 1 switched off/).click();
    const off = alice.page.getByRole('switch', { name: /sales-tablet-04.* is switched off/ });
    assert.equal(await off.getAttribute('aria-checked'), 'true');
    await alice.says('@Scan Bot scan full sales-tablet-04 because it was lent out');
    await alice.seesCard('Waiting for confirmation');
    await alice.presses('Run scan');
    await alice.seesCard('Submitted, waiting for the device');
    await off.click();
    await alice.page.getByText(/\d+ devices, 0 switched off/).waitFor();
    await alice.seesCard('Scan running');
    await alice.opensTab('Drill');
    await alice.ticked('A device that is asleep').waitFor();
    await alice.shot('23-drill');
  });

  it('shows every call with the claims of its token, and never the token', async () => {
    await alice.says('@Scan Bot status kiosk-lobby');
    await alice.opensTab('Wire');
    await alice.page.getByRole('radio', { name: 'Defender' }).click();
    assert.equal(await alice.page.locator('.wire-line .party.of-entra').count(), 0);
    const line = alice.button(/Bot to Defender.*GET \/api\/machine/s).first();
    await line.click();
    const claims = alice.page.getByRole('table');
    await claims.getByRole('row', { name: /aud https:\/\/api\.securitycenter\.microsoft\.com/ }).waitFor();
    assert.match(await claims.innerText(), /scp\s+.*Machine\.Scan/s);
    await alice.shot('24-wire');
    const text = await alice.page.locator('.wire-log').innerText();
    assert.doesNotMatch(text, /eyJ[\w-]{10,}\./);
  });

  it('turns a mood on, and shows when it has happened', async () => {
    await alice.opensTab('World');
    const lost = alice.page.getByRole('switch', { name: /Too many calls/ });
    await lost.click();
    await alice.page.getByText('1 on').waitFor();
    await alice.says('@Scan Bot scan full fin-laptop-07 because alert 3212');
    await alice.seesCard('Waiting for confirmation');
    await alice.presses('Run scan');
    await alice.card.getByRole('heading', { name: /Confirmed, waiting for Defender|Submitted/ }).waitFor();
    await alice.page.locator('[data-mood="defender-throttled"] [aria-checked=false]').waitFor();
    await alice.opensTab('Wire');
    await alice.page.locator('.status', { hasText: '429' }).first().waitFor();
    await alice.shot('21-throttled');
  });

  it('begins everything anew, after asking twice', async () => {
    await alice.opensTab('World');
    await alice.button('Reset the sandbox').click();
    await alice.button('Press again to reset everything').click();
    await alice.page.locator('.by-bot').first().waitFor({ state: 'detached' });
    await alice.composer.waitFor();
    await alice.opensTab('Drill');
    await alice.page.getByText('0 of 4 done').waitFor();
  });
});
