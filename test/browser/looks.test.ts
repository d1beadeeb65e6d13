import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { describeInBrowser } from './browser.ts';
import type { Seat } from './seat.ts';
import { Stage } from './stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONES = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

/** What axe finds that keeps somebody out, in a line each. */
async function faults(seat: Seat): Promise<readonly string[]> {
  await seat.page.evaluate(AXE);
  const { violations } = await seat.page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

describeInBrowser('the look of the page', function () {
  this.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
    await stage.call('/api/mood', { id: 'defender-slow', on: true });
    const alice = await stage.seat('alice');
    await alice.composer.press('Enter');
    await alice.button('Sign in').waitFor();
    await alice.signsIn();
    await alice.seesCard('Waiting for confirmation');
    await stage.clear();
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  for (const theme of ['Light', 'Dark', 'High contrast']) {
    it(`has nothing serious for axe to find in ${theme.toLowerCase()}`, async () => {
      const alice = await stage.seat('alice');
      const name = theme.toLowerCase().replace(' ', '-');
      await alice.button('Look of the page').click();
      await alice.button(theme).click();
      await alice.shot(`50-${name}`);
      await alice.opensTab('World');
      await alice.page.locator('.fold').evaluateAll((folds: HTMLDetailsElement[]) => {
        for (const fold of folds) fold.open = true;
      });
      assert.deepEqual(await faults(alice), []);
      await alice.shot(`51-${name}-world`);
      await alice.opensTab('Wire');
      await alice.page.locator('.wire-line').first().click();
      await alice.goesTo('Scan Bot');
      await alice.page.getByRole('button', { name: /You are/ }).click();
      assert.deepEqual(await faults(alice), []);
      await alice.shot(`52-${name}-chat`);
    });
  }

  for (const [language, theme] of [
    ['svenska', 'Light'],
    ['nederlands', 'Dark'],
    ['中文', 'High contrast'],
  ] as const) {
    it(`has nothing serious for axe to find in a chat in ${language}, in ${theme.toLowerCase()}`, async () => {
      const alice = await stage.seat('alice');
      const cards = alice.page.getByRole('group', { name: /^Card:/ });
      const comes = async (text: string): Promise<void> => {
        const before = await cards.count();
        await alice.says(text);
        await cards.nth(before).waitFor();
      };
      await alice.goesTo('Scan Bot');
      await alice.button('Look of the page').click();
      await alice.button(theme).click();
      await alice.says(`language ${language}`);
      await comes('help');
      await comes('status fin-laptop-07');
      // The same words twice within a minute would be the same wish.
      await comes(`scan quick fin-laptop-07, kiosk-lobby, hr-laptop-12 because of ${theme}`);
      await comes(`schedule scan quick kiosk-lobby at 22:00 because of ${theme}`);
      await comes(`scan quick kiosk-lobby because of ${theme}`);
      await comes(`scan because of ${theme}`);
      await alice.page.locator('input[role=combobox]').last().fill('fin');
      await alice.page.locator('.typeahead [role=option]:visible').first().waitFor();
      assert.deepEqual(await faults(alice), []);
      assert.equal(await alice.isTooWide(), false);
      await alice.shot(`53-${language}`);
    });
  }

  it('has nothing serious for axe to find in its dialogs', async () => {
    const alice = await stage.seat('alice');
    await alice.says('kiosk-lobby shows odd pop-ups');
    const post = alice.page.locator('.message', { hasText: 'odd pop-ups' }).last();
    await post.getByRole('button', { name: 'Scan device' }).click();
    await alice.page.locator('.action-dialog').getByText('kiosk-lobby').first().waitFor();
    assert.deepEqual(await faults(alice), []);
    await alice.shot('59-action');
    await stage.clear();
    const bob = await stage.seat('bob');
    await bob.says('@Scan Bot scan quick lab-pc-03 because of a stick');
    await bob.button('Sign in').last().click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).waitFor();
    assert.deepEqual(await faults(bob), []);
  });

  it('follows the system until somebody chooses, and remembers the choice', async () => {
    const alice = await stage.seat('alice', { colorScheme: 'dark' });
    const html = alice.page.locator('html');
    assert.equal(await html.getAttribute('data-theme'), 'dark');
    await alice.page.emulateMedia({ colorScheme: 'light' });
    await alice.page.locator('html[data-theme=light]').waitFor();
    await alice.button('Look of the page').click();
    await alice.button('Dark').click();
    await alice.page.reload();
    await alice.page.locator('.conversation').waitFor();
    assert.equal(await html.getAttribute('data-theme'), 'dark');
  });

  it('stays readable where the system forces its colours', async () => {
    const alice = await stage.seat('alice', { forcedColors: 'active' });
    await alice.shot('54-forced-colours');
    assert.deepEqual(await faults(alice), []);
  });

  for (const viewport of PHONES) {
    it(`fits a phone of ${viewport.width} pixels`, async () => {
      const alice = await stage.seat('alice', { viewport, hasTouch: true, isMobile: true });
      await alice.card.getByRole('button', { name: 'Run scan' }).scrollIntoViewIfNeeded();
      await alice.shot(`55-phone-${viewport.width}`);
      assert.equal(await alice.isTooWide(), false);
      await alice.button('Places').click();
      await alice.page.getByRole('navigation', { name: 'Places' }).getByText('Shift handover').click();
      await alice.page.getByRole('heading', { level: 1, name: 'Shift handover' }).waitFor();
      for (const part of ['Drill', 'World', 'Wire']) {
        await alice.page
          .getByRole('navigation', { name: 'Parts of the page' })
          .getByRole('button', { name: part })
          .click();
        await alice.shot(`56-phone-${viewport.width}-${part.toLowerCase()}`);
        assert.equal(await alice.isTooWide(), false);
      }
      assert.deepEqual(await faults(alice), []);
    });
  }

  it('lays the panel over the conversation where there is no room beside it', async () => {
    const alice = await stage.seat('alice', { viewport: { width: 1024, height: 768 } });
    await alice.shot('57-tablet');
    await alice.button(/^Drill \d\/\d$/).click();
    await alice.shot('58-tablet-panel');
    assert.equal(await alice.isTooWide(), false);
    await alice.page.keyboard.press('Escape');
    await alice.page.getByRole('tab', { name: 'Drill' }).waitFor({ state: 'hidden' });
  });
});
