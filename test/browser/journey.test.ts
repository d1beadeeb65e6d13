import assert from 'node:assert/strict';
import { describeInBrowser } from './browser.ts';
import { Stage } from './stage.ts';

describeInBrowser('two people at the page', function () {
  this.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
    await stage.call('/api/time-lapse', { factor: 1440 });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('go from the first words to the mention at the end', async () => {
    const alice = await stage.seat('alice');
    await alice.shot('01-first-look');
    assert.equal(await alice.composer.inputValue(), '@Scan Bot scan full fin-laptop-07 because alert 3212');

    const bob = await stage.seat('bob');
    await alice.composer.press('Enter');
    await alice.button('Sign in').waitFor();
    await alice.shot('02-sign-in-asked');
    await alice.button('Sign in').click();
    await alice.shot('03-sign-in-window');
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await alice.seesCard('Waiting for confirmation');
    await alice.shot('04-confirm-card');

    await bob.seesCard('Waiting for confirmation');
    await bob.presses('Run scan');
    await bob.note.waitFor();
    assert.match(await bob.note.innerText(), /Only Alice Andersson can decide here\.\s+Only you see this/);
    await bob.shot('05-refused-press');
    assert.equal(await alice.note.count(), 0);

    await alice.presses('Run scan');
    await alice.toast.waitFor();
    assert.match(
      await alice.toast.innerText(),
      /Scan Bot mentioned you\s+Full scan of fin-laptop-07\.contoso\.com finished: nothing found/,
    );
    await alice.seesCard('Scan finished: Succeeded');
    await alice.ticked('Your first scan').waitFor();
    await alice.shot('06-finished');
    await bob.seesCard('Scan finished: Succeeded');
    assert.equal(await bob.toast.count(), 0);

    await alice.toast.getByRole('button').first().click();
    const mention = alice.page.locator('.mentions-me');
    assert.match(await mention.innerText(), /Alice Andersson Full scan of fin-laptop-07/);
    assert.equal(await alice.toast.count(), 0);
  });

  it('choose between two devices of one name', async () => {
    const alice = await stage.seat('alice');
    await alice.says('@Scan Bot scan quick hr-laptop-12 because of a strange mail');
    await alice.seesCard('Which device?');
    await alice.presses('Use this device');
    assert.equal(await alice.card.getByText('Choose a device.').isVisible(), true);
    await alice.card.getByRole('radio', { name: /Inactive/ }).check();
    await alice.shot('07-two-devices');
    await alice.presses('Use this device');
    await alice.seesCard('Waiting for confirmation');
    await alice.ticked('Two devices with one name').waitFor();
    await alice.presses('Dismiss');
    await alice.seesCard('Dismissed');
  });

  it('are not signed in by somebody else, nor by a closed window', async () => {
    const sven = await stage.seat('sven');
    await sven.goesTo('Scan Bot');
    await sven.says('scan quick kiosk-lobby because of a stick');
    await sven.page.locator('.sign-in-card').getByRole('button').click();
    await sven.page.getByText('Use another account').click();
    await sven.shot('08-another-account');
    await sven.page
      .getByRole('dialog')
      .getByRole('button', { name: /Bob Berg/ })
      .click();
    await sven.page.locator('.message', { hasText: 'Inloggningen gjordes med ett annat konto' }).waitFor();

    await sven.page.locator('.sign-in-card').getByRole('button').click();
    await sven.page.keyboard.press('Escape');
    await sven.page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await sven.card.getByText('Väntar på bekräftelse').count(), 0);

    await sven.page.locator('.sign-in-card').getByRole('button').click();
    await sven.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await sven.seesCard('Väntar på bekräftelse');
    await sven.page.locator('.sign-in-card').getByText('Signed in').waitFor();
    await sven.shot('09-personal-chat');
  });

  it('see what they missed elsewhere, and change who they are', async () => {
    const bob = await stage.seat('bob');
    await bob.goesTo('Scan Bot');
    const alice = await stage.seat('alice');
    await alice.says('@Scan Bot status fin-laptop-07');
    await bob.page.locator('.rail-item', { hasText: 'Incidents' }).locator('.unread').waitFor();

    await bob.page.getByRole('button', { name: /You are Bob Berg/ }).click();
    await bob.shot('10-people');
    await bob.page.getByRole('button', { name: /^Mallory Maas From/ }).click();
    await bob.page.getByRole('button', { name: /You are Mallory Maas/ }).waitFor();
    assert.match(bob.page.url(), /\?as=mallory$/);
    assert.equal(await bob.page.getByRole('navigation', { name: 'Places' }).getByText('Shift handover').count(), 0);
    await bob.page.goBack();
    await bob.page.getByRole('button', { name: /You are Bob Berg/ }).waitFor();
  });

  it('follow a colleague’s scan instead of starting a second one', async () => {
    await stage.call('/api/time-lapse', { factor: 360 });
    const alice = await stage.seat('alice');
    await alice.says('@Scan Bot scan quick lab-pc-03 because of alert 3213');
    await alice.seesCard('Waiting for confirmation');
    await alice.opensTab('World');
    await alice.page.getByText(/\d+ devices/).click();
    const device = alice.page.locator('[data-device^="lab-pc-03"]').first();
    await device.getByRole('button', { name: 'Scan by a colleague' }).click();
    await device.getByText(/Full scan|Quick scan/).waitFor();
    await alice.shot('11-devices');
    await alice.presses('Run scan');
    await alice.card.getByText(/No second scan was started/).waitFor();
    await alice.opensTab('Drill');
    await alice.ticked('Confirm a scan of a device where one runs already').waitFor();
    await alice.shot('12-colleagues-scan');
  });
});
