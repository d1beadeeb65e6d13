import assert from 'node:assert/strict';
import { describeInBrowser } from './browser.ts';
import { Stage } from './stage.ts';

describeInBrowser('finding a device on the page', function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  it('shows what fits below the field, by mouse and by keyboard, and takes what was chosen', async () => {
    const alice = await stage.seat('alice');
    await alice.goesTo('Scan Bot');
    const { page } = alice;
    await alice.presses('Sign in');
    await alice.note.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await page.locator('.note', { hasText: 'You are signed in' }).waitFor();
    await alice.says('scan');
    await alice.seesCard('Which device?');
    const field = page.getByRole('combobox').last();
    await field.fill('tag:finance');
    const options = page.getByRole('option');
    await options.first().waitFor();
    const titles = await options.allTextContents();
    assert.deepEqual(
      titles.map((title) => title.split(' · ')[0]),
      ['fin-laptop-07.contoso.com', 'fin-laptop-11.contoso.com'],
    );
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    await field.press('Enter');
    assert.match(await field.inputValue(), /^fin-laptop-11/);
    await alice.presses('Use this device');
    await alice.seesCard('Waiting for confirmation');
  });

  it('signs in for the action on a message, opens its dialog, and puts the card into the thread', async () => {
    const bob = await stage.seat('bob');
    await bob.goesTo('Incidents');
    await bob.says('kiosk-lobby shows odd pop-ups');
    const { page } = bob;
    const message = page.locator('.message', { hasText: 'odd pop-ups' }).last();
    await message.getByRole('button', { name: 'Scan device' }).click();
    const dialog = page.locator('.action-dialog');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('kiosk-lobby').first().waitFor();
    await dialog.getByRole('button', { name: 'Use this device' }).click();
    await dialog.getByRole('status').waitFor();
    assert.match((await dialog.getByRole('status').textContent()) ?? '', /into this conversation/);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await bob.seesCard('Waiting for confirmation');
  });
});
