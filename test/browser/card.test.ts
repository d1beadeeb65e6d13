import assert from 'node:assert/strict';
import { describeInBrowser } from './browser.ts';
import type { Seat } from './seat.ts';
import { Stage } from './stage.ts';

interface Shown {
  readonly id: string;
  readonly card?: { readonly body: readonly Readonly<Record<string, unknown>>[] };
}

/** Plays an event of the server into the page. */
async function hears(seat: Seat, name: string, data: object): Promise<void> {
  await seat.page.evaluate(
    ([event = '', text = '']) => {
      const source = (globalThis as unknown as { heard: EventSource }).heard;
      source.dispatchEvent(new MessageEvent(event, { data: text }));
    },
    [name, JSON.stringify(data)],
  );
}

async function newestCard(seat: Seat): Promise<Required<Shown>> {
  const messages = await seat.page.evaluate(
    async () => (await fetch('/api/messages?as=alice')).json() as Promise<Shown[]>,
  );
  const newest = messages.findLast(({ card }) => card !== undefined);
  if (newest?.card === undefined) throw new Error('There is no card.');
  return { ...newest, card: newest.card };
}

/** With one part of the card changed, however deep it lies. */
function changed(
  message: Required<Shown>,
  is: (part: Readonly<Record<string, unknown>>) => boolean,
  to: object,
): object {
  const isPart = (part: unknown): part is Readonly<Record<string, unknown>> =>
    typeof part === 'object' && part !== null;
  const body = JSON.stringify(message.card.body, (_, part: unknown) =>
    isPart(part) && is(part) ? { ...part, ...to } : part,
  );
  return { ...message, edited: true, card: { ...message.card, body: JSON.parse(body) as unknown } };
}

describeInBrowser('a card on the page', function () {
  this.timeout(180_000);
  let stage: Stage;
  let alice: Seat;
  before(async () => {
    stage = await Stage.open();
    alice = await stage.seat('alice');
    await alice.page.addInitScript(() => {
      globalThis.EventSource = class extends EventSource {
        constructor(url: string | URL) {
          super(url);
          Object.assign(globalThis, { heard: this });
        }
      };
    });
    await alice.page.reload();
    await alice.composer.press('Enter');
    await alice.button('Sign in').waitFor();
    await alice.signsIn();
    await alice.seesCard('Waiting for confirmation');
  });
  after(async () => {
    await stage.clear();
    await stage.close();
  });

  it('keeps what was typed, the focus and the cursor when a new state comes', async () => {
    const comment = alice.card.getByRole('textbox');
    await comment.fill('Typed by hand');
    await comment.evaluate((field: HTMLTextAreaElement) => {
      field.setSelectionRange(5, 8);
    });
    const message = await newestCard(alice);
    await hears(
      alice,
      'edit',
      changed(message, ({ style }) => style === 'heading', { text: 'Still waiting' }),
    );
    await alice.seesCard('Still waiting');
    assert.equal(await comment.inputValue(), 'Typed by hand');
    const cursor = await comment.evaluate((field: HTMLTextAreaElement) => [
      document.activeElement === field,
      field.selectionStart,
      field.selectionEnd,
    ]);
    assert.deepEqual(cursor, [true, 5, 8]);
  });

  it('takes what the bot itself has put into a field anew', async () => {
    const message = await newestCard(alice);
    await hears(
      alice,
      'edit',
      changed(message, ({ id }) => id === 'comment', { value: 'Cleaned by the bot' }),
    );
    assert.equal(await alice.card.getByRole('textbox').inputValue(), 'Cleaned by the bot');
  });

  it('is not drawn anew when nothing in it has changed', async () => {
    const message = await newestCard(alice);
    await hears(alice, 'edit', message);
    const field = await alice.card.getByRole('textbox').elementHandle();
    await hears(alice, 'edit', { ...message });
    assert.equal(await field.evaluate((element) => element.isConnected), true);
  });

  it('has choices of its own beside another card with the same inputs', async () => {
    await alice.says('@Scan Bot scan quick kiosk-lobby because of a stick');
    await alice.card.getByText('kiosk-lobby', { exact: true }).waitFor();
    const cards = alice.page.getByRole('group', { name: /^Card:/ });
    await cards.last().getByRole('radio', { name: /Full:/ }).check();
    assert.equal(await cards.nth(-2).getByRole('radio', { name: /Full:/ }).isChecked(), true);
    assert.equal(
      await cards
        .last()
        .getByRole('radio', { name: /Quick:/ })
        .isChecked(),
      false,
    );
  });

  it('shows foreign markup as the text that it is', async () => {
    const message = await newestCard(alice);
    const evil = '<img src=x onerror="document.title=1"> **bold** [link](javascript:alert(1))';
    const edited = changed(message, ({ style }) => style === 'heading', { text: evil });
    const heading = alice.card.getByRole('heading').first();
    const shown = heading.getByText('<img src=x');
    // The bot may draw its card anew just then: what comes last stands.
    for (let left = 5; left > 0 && !(await shown.isVisible()); left -= 1) {
      await hears(alice, 'edit', edited);
      await shown.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await shown.waitFor();
    assert.equal(await heading.locator('img, a').count(), 0);
    assert.equal(await heading.locator('strong').innerText(), 'bold');
    const html = `<img src=x class="evil"><b>loud</b><a href="javascript:alert(1)">here</a>`;
    const { id, card, ...rest } = message;
    await hears(alice, 'message', { ...rest, id: `${id}9`, html, text: 'x', summary: 'x', mentions: [] });
    const said = alice.page.locator(`[data-message="${id}9"] .message-text`);
    await said.getByText('loud').waitFor();
    assert.equal(await said.innerHTML(), '<b>loud</b>here');
    assert.ok(card);
  });

  it('shows that the bot is typing until it has said something', async () => {
    const message = await newestCard(alice);
    const { place, thread } = message as unknown as { readonly place: string; readonly thread: string };
    await hears(alice, 'typing', { place, thread });
    await alice.page.getByText('Scan Bot is typing').locator('visible=true').waitFor();
    await alice.shot('40-typing');
    await hears(alice, 'message', { ...message, id: `${message.id}8` });
    // By itself the mark would stay for six seconds.
    await alice.page.locator('.typing:visible').waitFor({ state: 'detached', timeout: 2000 });
  });

  it('has its pressed button turn, and a red bar when the press fails', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await alice.page.route('**/api/press', async (route) => {
      await held;
      await route.fulfill({ json: { answer: { kind: 'error', text: 'Something went wrong. Please try again.' } } });
    });
    const run = alice.card.getByRole('button', { name: 'Run scan' });
    await run.click();
    await alice.card.locator('[aria-busy=true]').waitFor();
    assert.equal(await alice.card.getByRole('button', { name: 'Dismiss' }).getAttribute('aria-disabled'), 'true');
    await alice.shot('41-busy');
    letGo();
    await alice.page.getByRole('alert').getByText('Something went wrong').waitFor();
    await alice.shot('42-error-bar');
    assert.equal(await run.getAttribute('aria-busy'), null);
    await alice.page.getByRole('alert').getByRole('button', { name: 'Close this note' }).click();
    assert.equal(await alice.page.getByRole('alert').count(), 0);
  });
});
