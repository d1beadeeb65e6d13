import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { describeInBrowser } from './browser.ts';
import type { Seat } from './seat.ts';
import { Stage } from './stage.ts';

const FAR = 40;

/** Goes on with the tab key until it is there, as somebody without a mouse does. */
async function tabsTo(seat: Seat, target: Locator, key = 'Tab'): Promise<void> {
  for (let step = 0; step < FAR; step += 1) {
    if (await isFocused(target)) return;
    await seat.page.keyboard.press(key);
  }
  assert.fail(`The tab key does not lead to ${String(target)}.`);
}

async function isFocused(target: Locator): Promise<boolean> {
  if ((await target.count()) === 0) return false;
  return target.first().evaluate((element) => element === document.activeElement);
}

function focused(seat: Seat): Promise<string> {
  return seat.page.evaluate(() => document.activeElement?.textContent ?? '');
}

describeInBrowser('a keyboard alone', function () {
  this.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
    await stage.call('/api/time-lapse', { factor: 1440 });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('is enough from the first words to the running scan', async () => {
    const alice = await stage.seat('alice');
    const { keyboard } = alice.page;
    assert.equal(await isFocused(alice.composer), true);
    await keyboard.press('Enter');

    await alice.button('Sign in').waitFor();
    await tabsTo(alice, alice.button('Sign in'), 'Shift+Tab');
    await keyboard.press('Enter');
    await alice.page.getByRole('dialog').waitFor();
    assert.match(await focused(alice), /Your Teams account/);
    await keyboard.press('Enter');

    await alice.seesCard('Waiting for confirmation');
    await tabsTo(alice, alice.card.getByRole('radio', { name: /Full:/ }));
    await keyboard.press('ArrowUp');
    assert.equal(await alice.card.getByRole('radio', { name: /Quick:/ }).isChecked(), true);
    await tabsTo(alice, alice.card.getByRole('button', { name: 'Run scan' }));
    await alice.shot('30-keyboard');
    await keyboard.press('Enter');
    await alice.card.getByRole('heading', { name: /Submitted|Scan running/ }).waitFor();
    assert.match(await alice.card.innerText(), /Type\s+Quick/);
    assert.equal(await alice.page.evaluate(() => document.activeElement === document.body), false);
  });

  it('completes the mention, a command and a device', async () => {
    const alice = await stage.seat('alice');
    const { keyboard } = alice.page;
    await tabsTo(alice, alice.button('Start a post'));
    await keyboard.press('Enter');
    await keyboard.type('@sc');
    await alice.page.getByRole('option', { name: 'Scan Bot' }).waitFor();
    await keyboard.press('Enter');
    assert.equal(await alice.composer.inputValue(), '@Scan Bot ');
    await keyboard.press('ArrowDown');
    await keyboard.press('Tab');
    assert.match(await alice.composer.inputValue(), /^@Scan Bot scan fin-laptop-07/);
    await alice.composer.fill('@Scan Bot scan full srv-f');
    await alice.page.getByRole('option', { name: /srv-files-01/ }).waitFor();
    await alice.shot('31-suggestions');
    await keyboard.press('Escape');
    assert.equal(await alice.page.getByRole('listbox').isVisible(), false);
    await keyboard.press('Shift+Enter');
    assert.equal(await alice.composer.inputValue(), '@Scan Bot scan full srv-f\n');
    await keyboard.press('Escape');
    await alice.button('Start a post').waitFor();
    assert.match(await focused(alice), /Start a post/);
  });

  it('gets everywhere on the page', async () => {
    const bob = await stage.seat('bob');
    const { keyboard } = bob.page;
    const skip = bob.page.getByRole('link', { name: 'Skip to the conversation' });
    await tabsTo(bob, skip);
    await keyboard.press('Enter');
    assert.equal(await isFocused(bob.page.getByRole('main')), true);

    await tabsTo(
      bob,
      bob.page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Incidents' }),
      'Shift+Tab',
    );
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await bob.page.getByRole('heading', { level: 1, name: 'General' }).waitFor();

    await tabsTo(bob, bob.page.getByRole('tab', { name: 'Drill' }));
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await bob.page.getByRole('radiogroup', { name: 'Time lapse' }).waitFor();

    const look = bob.button('Look of the page');
    await tabsTo(bob, look, 'Shift+Tab');
    await keyboard.press('Enter');
    await keyboard.press('End');
    await keyboard.press('Enter');
    assert.equal(await bob.page.locator('html').getAttribute('data-theme'), 'contrast');
    assert.equal(await isFocused(look), true);
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    assert.equal(await look.getAttribute('aria-expanded'), 'false');
  });
});
