import assert from 'node:assert/strict';
import type { Card } from '../../src/sandbox/teams/card.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import type { WireEntry } from '../../src/sandbox/defender/wire-log.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { House } from './house.ts';
import { saidOn } from './shown.ts';

const RUN = 'Run scan';

export interface Wish {
  readonly by?: string;
  readonly device?: string;
  readonly type?: 'Quick' | 'Full';
  readonly comment?: string;
  /** The thread is named after the device, unless said. */
  readonly place?: Place;
}

/** One scan and the thread that it is asked for in, in a house that is open. */
export class Scene {
  readonly house: House;
  readonly by: string;
  readonly device: StandInDevice;
  readonly place: Place;
  readonly #wish: Wish;

  constructor(house: House, wish: Wish = {}) {
    const { by = 'alice', device = 'fin-laptop-07' } = wish;
    this.house = house;
    this.by = by;
    this.place = wish.place ?? house.teams.driver.channelThread(`${device} for ${by}`);
    this.device = deviceIn(house, device);
    this.#wish = wish;
  }

  /** Up to the card that waits for the decision. */
  async asks(): Promise<void> {
    const { driver } = this.house.teams;
    const { device = 'fin-laptop-07', type = 'Full', comment = 'ticket 3212' } = this.#wish;
    await driver.isSignedIn(this.by);
    await driver.says(this.by, `scan ${type} ${device} because ${comment}`, this.place);
    await this.house.shows('Waiting for confirmation', this.place);
  }

  async presses(inputs: Readonly<Record<string, string>> = {}): Promise<void> {
    const sent = await this.house.teams.driver.presses(this.by, RUN, inputs, { place: this.place });
    assert.equal(sent.status, 200);
  }

  async starts(): Promise<void> {
    await this.asks();
    await this.presses();
  }

  get card(): Card | undefined {
    return this.house.teams.driver.latestCard(this.place);
  }

  get cardText(): string {
    return asRead(saidOn(this.card));
  }

  /** The short replies, without those that mention somebody. */
  replies(): readonly string[] {
    return this.house.teams.driver
      .texts(this.place)
      .filter((text) => !text.startsWith('<at>'))
      .map(asRead);
  }

  mentions(): readonly string[] {
    const { driver } = this.house.teams;
    const there = new Set(driver.messages(this.place).map(({ id }) => id));
    return driver
      .mentionsOf(this.by)
      .filter(({ id }) => there.has(id))
      .map(({ text }) => asRead(text));
  }

  /** Headings without their symbols, in the order in which the card had them. */
  titles(): readonly string[] {
    return this.house.teams.driver.titles(this.place).map((title) => title.replace(/^\S+ /, ''));
  }

  shows(title: string): Promise<void> {
    return this.house.shows(title, this.place);
  }

  /** Lets time pass until the card says this. */
  async comesTo(title: string): Promise<void> {
    await passing(this.house, () => this.titles().at(-1) === title, `a card that says "${title}"`);
  }

  /** Lets time pass until the requester was mentioned in the thread. */
  async isTold(): Promise<string> {
    await passing(this.house, () => this.mentions().length > 0, 'a mention');
    return this.mentions().at(-1) ?? '';
  }

  /** Calls that start a scan of this device, in their order. */
  posts(): readonly WireEntry[] {
    return this.house.defender.wire.entries.filter(({ path }) =>
      path.endsWith(`/machines/${this.device.id}/runAntiVirusScan`),
    );
  }

  /** Calls that look for scans of this device. */
  lookUps(): readonly WireEntry[] {
    return listCalls(this.house).filter(({ query }) => query.includes(this.device.id));
  }
}

/** Markdown's escapes as a client shows them. */
function asRead(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

export function deviceIn(house: House, name: string): StandInDevice {
  const device = house.defender.devices.find((one) => one.name.toLowerCase().split('.')[0] === name.toLowerCase());
  assert(device !== undefined, `no device ${name}`);
  return device;
}

export function listCalls(house: House): readonly WireEntry[] {
  return house.defender.wire.entries.filter(({ path }) => path.endsWith('/machineactions'));
}

/** Lets time pass, second by second, with a moment for the calls that each makes due, until there is something to see. */
export async function passing(house: House, look: () => boolean, what: string, most = 3 * MINUTE): Promise<void> {
  for (let passed = 0; passed <= most; passed += SECOND) {
    if (look()) return;
    house.clock.advance(SECOND);
    await moment();
  }
  assert.fail(`${most / SECOND} seconds passed without ${what}.`);
}

/** Lets so much time pass in steps, with a moment after each. */
export async function passes(house: House, ms: number, step = SECOND): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    house.clock.advance(Math.min(step, ms - passed));
    await moment();
  }
}

/** Real time, for what goes over loopback. */
export async function moment(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 12));
}
