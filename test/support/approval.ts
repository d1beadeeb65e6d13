import assert from 'node:assert/strict';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Card } from '../../src/sandbox/teams/card.ts';
import type { PressOptions } from '../../src/sandbox/teams/card-press.ts';
import type { Message, Revision } from '../../src/sandbox/teams/message.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { people } from './cast.ts';
import type { House } from './house.ts';
import { buttonsOn, factsOn, saidOn, signInCards } from './shown.ts';

export const WISH = 'scan full fin-laptop-07 because ticket 3212';

export function oidOf(handle: string): string {
  const person = people.find((one) => one.handle === handle);
  assert(person !== undefined, handle);
  return person.oid;
}

/** One request that others must approve, and the thread in which alice asks for it. */
export class Approval {
  readonly house: House;
  readonly place: Place;

  constructor(house: House, place: Place = house.teams.driver.channelThread('approval')) {
    this.house = house;
    this.place = place;
  }

  /** Up to the card that waits for others; all of these are signed in. */
  async asks(wish = WISH, signedIn: readonly string[] = ['alice', 'bob']): Promise<void> {
    for (const handle of signedIn) await this.house.teams.driver.isSignedIn(handle);
    await this.says(wish);
    await this.shows('Waiting for approval');
  }

  says(text: string, by = 'alice'): Promise<Sent> {
    return this.house.teams.driver.says(by, text, this.place);
  }

  presses(
    by: string,
    button: string,
    inputs: Readonly<Record<string, string>> = {},
    options: PressOptions = {},
  ): Promise<Sent> {
    return this.house.teams.driver.presses(by, button, inputs, { place: this.place, ...options });
  }

  /** Opens the thread, so that cards with a view for this person ask for it. */
  looks(by: string): Promise<readonly Sent[]> {
    return this.house.teams.driver.looks(by, this.place);
  }

  shows(title: string, place = this.place): Promise<void> {
    return this.house.shows(title, place);
  }

  /** The newest message with a card. */
  get cardMessage(): Message {
    const message = this.house.teams.driver.cardMessages(this.place).at(-1);
    assert(message !== undefined, 'no card');
    return message;
  }

  /** The card as it stands now, for a client that goes on showing it. */
  get cardState(): Revision {
    const state = this.cardMessage.revisions.at(-1);
    assert(state !== undefined, 'no card');
    return state;
  }

  viewOf(handle: string): Card | undefined {
    return this.house.teams.driver.viewOf(handle, this.cardMessage);
  }

  buttonsFor(handle: string): readonly string[] {
    return buttonsOn(this.viewOf(handle));
  }

  get cardText(): string {
    return asRead(saidOn(this.cardState.card));
  }

  fact(title: string): string {
    return asRead(factsOn(this.cardState.card)[title] ?? '');
  }

  /** Headings of all cards without their symbols. */
  titles(place = this.place): readonly string[] {
    return this.house.teams.driver.titles(place).map((title) => title.replace(/^\S+ /, ''));
  }

  texts(place = this.place): readonly string[] {
    return this.house.teams.driver.texts(place).map(asRead);
  }

  asksToSignIn(): boolean {
    return signInCards(this.house.teams.driver.messages(this.place)).length > 0;
  }

  async hears(what: RegExp, place = this.place): Promise<string> {
    const found = (): string | undefined => this.texts(place).find((text) => what.test(text));
    return this.house.teams.driver.until(found, `a message like ${String(what)}`);
  }

  async isTold(handle: string, what: RegExp): Promise<void> {
    const told = (): boolean => this.house.teams.driver.mentionsOf(handle).some(({ text }) => what.test(asRead(text)));
    await this.house.teams.driver.until(told, `a mention of ${handle} like ${String(what)}`);
  }

  async cardSays(what: RegExp): Promise<void> {
    await this.house.teams.driver.until(() => what.test(this.cardText), `a card like ${String(what)}`);
  }

  /** What went to Defender to start a scan, as text. */
  get started(): string {
    return JSON.stringify(this.house.starts());
  }
}

/** Markdown's escapes as a client shows them. */
function asRead(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
