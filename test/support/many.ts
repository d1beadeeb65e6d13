import assert from 'node:assert/strict';
import { standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import type { WireEntry } from '../../src/sandbox/defender/wire-log.ts';
import type { Time } from '../../src/scan/ids.ts';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Card } from '../../src/sandbox/teams/card.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { House } from './house.ts';
import { moment } from './scene.ts';
import { buttonsOn, saidOn } from './shown.ts';

/** So many devices that are on, and as many names. */
export function fleet(count: number): (now: Time) => readonly StandInDevice[] {
  return (now) => namesOf(count).map((name) => standInDevice({ name: `${name}.contoso.com`, ip: '10.20.4.17' }, now));
}

export function namesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, nth) => `pc-${String(nth).padStart(3, '0')}`);
}

/** One request for many scans, and the thread that it is asked for in. */
export class Many {
  readonly house: House;
  readonly place: Place;
  /** Every call to Defender: the stand-in itself keeps the latest only. */
  readonly #calls: WireEntry[] = [];

  constructor(house: House, place: Place = house.teams.driver.channelThread('many')) {
    this.house = house;
    this.place = place;
    house.defender.on('wire', (entry) => void this.#calls.push(entry));
  }

  /** Up to the preview, or whatever title is wanted. */
  async asks(text: string, title = 'Waiting for confirmation', by = 'alice'): Promise<void> {
    await this.house.teams.driver.isSignedIn(by);
    await this.house.teams.driver.says(by, text, this.place);
    await this.shows(title);
  }

  async runs(text: string, button: string): Promise<void> {
    await this.asks(text);
    assert.equal((await this.presses(button)).status, 200);
    await this.shows('Scans under way');
  }

  presses(button: string, inputs: Readonly<Record<string, string>> = {}, by = 'alice'): Promise<Sent> {
    return this.house.teams.driver.presses(by, button, inputs, { place: this.place });
  }

  shows(title: string): Promise<void> {
    return this.house.shows(title, this.place);
  }

  get card(): Card | undefined {
    return this.house.teams.driver.latestCard(this.place);
  }

  get text(): string {
    return saidOn(this.card).replace(/\\([!-/:-@[-`{-~])/g, '$1');
  }

  get buttons(): readonly string[] {
    return this.card === undefined ? [] : buttonsOn(this.card);
  }

  /** Headings without their symbols, in the order in which the cards had them. */
  titles(): readonly string[] {
    return this.house.teams.driver.titles(this.place).map((title) => title.replace(/^\S+ /, ''));
  }

  mentions(by = 'alice'): readonly string[] {
    return this.house.teams.driver.mentionsOf(by).map(({ text }) => text.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
  }

  /** Lets time pass until there is something to see. */
  async until(look: () => boolean, what: string, most = 60 * MINUTE, step = 2 * SECOND): Promise<void> {
    for (let passed = 0; passed <= most; passed += step) {
      if (look()) return;
      this.house.clock.advance(step);
      await moment();
    }
    assert.fail(`${String(most / MINUTE)} minutes passed without ${what}. ${this.text}`);
  }

  comesTo(title: string, most?: number): Promise<void> {
    // The outcome as CSV may be there before anybody looks.
    const isThere = (): boolean => this.titles().findLast((one) => one === title || one !== 'as CSV') === title;
    return this.until(isThere, `a card that says "${title}"`, most);
  }

  /** The devices of the starts that reached Defender, and how it answered. */
  posts(): readonly { readonly device: string; readonly status: number }[] {
    return this.#calls
      .filter(({ path }) => path.endsWith('/runAntiVirusScan'))
      .map(({ path, status }) => ({ device: path.split('/').at(-2) ?? '', status }));
  }

  /** Answers of Defender that said that its quota was used up. */
  throttled(): number {
    return this.#calls.filter(({ status }) => status === 429).length;
  }
}
