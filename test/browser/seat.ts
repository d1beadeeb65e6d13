import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

const PICTURES = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
const PATIENCE = 40_000;

export type SeatOptions = Pick<
  BrowserContextOptions,
  'colorScheme' | 'forcedColors' | 'hasTouch' | 'isMobile' | 'viewport'
>;

/** Somebody before their window. Finds things as people do: by what they say and what they are. */
export class Seat {
  readonly page: Page;
  /** What went wrong in the page meanwhile. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (said) => {
      if (said.type() === 'error') this.complaints.push(said.text());
    });
  }

  static async take(browser: Browser, url: string, options: SeatOptions & { readonly handle: string }): Promise<Seat> {
    const { handle, ...rest } = options;
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...rest,
    });
    const seat = new Seat(await context.newPage());
    await seat.page.goto(`${url}?as=${handle}`);
    await seat.page.locator('.conversation').waitFor();
    return seat;
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^New (post|message)$/ });
  }

  get card(): Locator {
    return this.page.getByRole('group', { name: /^Card:/ }).last();
  }

  get note(): Locator {
    return this.page.locator('.note').last();
  }

  get toast(): Locator {
    return this.page.getByRole('region', { name: 'Notifications' }).locator('.toast').last();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Goes to a place by its name. */
  async goesTo(place: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
    await this.page.getByRole('heading', { level: 1, name: place }).waitFor();
  }

  /** Writes to the bot: a new post in a channel, a message in a chat. */
  async says(text: string): Promise<void> {
    if (!(await this.composer.isVisible())) await this.button('Start a post').click();
    const said = this.page.locator('.message.mine', { hasText: text.replace(/^@Scan Bot /, '') });
    const before = await said.count();
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await said.nth(before).waitFor();
  }

  /** Presses a button of the newest card. */
  async presses(title: string): Promise<void> {
    await this.card.getByRole('button', { name: title }).click();
  }

  async seesCard(heading: string): Promise<void> {
    await this.card.getByRole('heading', { name: heading }).waitFor();
  }

  /** Signs in as oneself, where the bot asks for it. */
  async signsIn(): Promise<void> {
    await this.button('Sign in').last().click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await this.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  async opensTab(name: 'Drill' | 'World' | 'Wire'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** The state of a step or exercise of the drill. */
  ticked(title: string): Locator {
    return this.page.locator('.step.done, .exercise.done', { hasText: title });
  }

  /** A picture into build/screenshots/. */
  async shot(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: `${PICTURES}${name}.png` });
  }

  /** Whether anything makes the page wider than the window. */
  async isTooWide(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}
