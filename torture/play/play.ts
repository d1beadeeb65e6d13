import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import { innerStatus } from '../../src/sandbox/teams/invokes.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { Act } from '../ledger/entry.ts';
import type { Ask, Ledger } from '../ledger/ledger.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import type { TimeLapse } from '../time/lapse.ts';
import type { Outside } from '../world/outside.ts';

export interface PlayParts {
  readonly outside: Outside;
  readonly ledger: Ledger;
  readonly lapse: TimeLapse;
  readonly random: Random;
  readonly scenario: Scenario;
}

/** What lets a scan go out, sooner or later; and what people may choose where another one comes first. */
const RUN = ['Run scan', 'Run after it'] as const;
const FOLLOW = 'Follow that scan';
const FOLLOWS = 0.3;
/** Teams takes two messages a second in each: in one alone everybody would wait for everybody. */
const CHANNELS = ['Desk', 'Night shift', 'Servers', 'Branches', 'Laptops', 'Kiosks', 'Vendors', 'Exercise'] as const;
/** How long people wait for a card: nearly as long as a card would wait for them. */
const PATIENCE = 50 * MINUTE;
const MOMENT = SECOND;
const WORDS_OF_PATIENCE = /takes longer|have asked for this already/;

/** One person who wants one scan, and does what people and their clients do. */
export class Play {
  readonly ask: Ask;
  readonly #parts: PlayParts;
  readonly #place: Place;
  /** Rather follows a scan that is under way than has one of its own. */
  readonly #follows: boolean;
  /** What is still on its way to the bot, once more. */
  readonly #repeats: Promise<void>[] = [];

  constructor(ask: Ask, parts: PlayParts) {
    this.ask = ask;
    this.#parts = parts;
    this.#place = parts.outside.teams.driver.channelThread(ask.mark, parts.random.pick(CHANNELS));
    this.#follows = parts.random.chance(FOLLOWS);
  }

  async run(): Promise<void> {
    await this.#asks();
    if (this.#parts.random.chance(this.#parts.scenario.repeats)) await this.#asksAnew();
    if (await this.#seesButton()) await this.#decides();
    await Promise.all(this.#repeats);
  }

  async #asks(): Promise<void> {
    const said = this.#says();
    this.ask.thread = this.#parts.outside.teams.driver.conversation(this.#place);
    await this.#until('says', await said, () => false);
    this.ask.heard = true;
  }

  /** The same words once more, as a message of its own: impatience, no second wish. */
  async #asksAnew(): Promise<void> {
    this.#note('says anew', await this.#says());
  }

  #says(): Promise<Sent> {
    const { person, deviceName, mark } = this.ask;
    const text = `scan quick ${deviceName} because ticket ${mark}`;
    return this.#parts.outside.teams.driver.says(person.handle, text, this.#place);
  }

  async #decides(): Promise<void> {
    const gone = (): boolean => !this.#offersRun();
    const doubled = this.#parts.random.chance(this.#parts.scenario.doublePresses);
    const other = doubled ? this.#press().then(() => undefined) : Promise.resolve();
    const sent = await this.#press();
    await other;
    if (sent !== undefined) await this.#until('presses', sent, gone);
    // Answered with a word instead of a card, the press has changed nothing: people press again.
    for (const end = this.#parts.lapse.now() + PATIENCE; this.#offersRun() && this.#parts.lapse.now() < end;) {
      await this.#parts.lapse.sleep(3 * MOMENT);
      this.#note('presses again', await this.#press());
    }
  }

  /** Sends it again until it is answered, as Teams and people do; `done` tells that it need not be. */
  async #until(how: 'says' | 'presses', first: Sent, done: () => boolean): Promise<void> {
    const { random, scenario, lapse } = this.#parts;
    if (random.chance(scenario.repeats)) this.#repeats.push(this.#repeatLater(how, first));
    let sent: Sent | undefined = first;
    this.#note(how, sent);
    while (!isTaken(sent)) {
      await lapse.sleep(random.between(MOMENT, 5 * MOMENT));
      if (done()) return;
      sent = how === 'says' ? await this.#sendAgain(first) : await this.#press();
      if (sent === undefined) return;
      this.#note(`${how} again`, sent);
    }
  }

  /** Undefined when the button has gone meanwhile. */
  async #press(): Promise<Sent | undefined> {
    const button = this.#follows && this.#offers(FOLLOW) ? FOLLOW : RUN.find((title) => this.#offers(title));
    if (button === undefined) return undefined;
    return this.#parts.outside.teams.driver.presses(this.ask.person.handle, button, {}, { place: this.#place });
  }

  async #repeatLater(how: 'says' | 'presses', sent: Sent): Promise<void> {
    const { random, lapse } = this.#parts;
    await lapse.sleep(random.between(0, 30) * SECOND);
    this.#note(`${how} again`, await this.#sendAgain(sent));
  }

  #sendAgain(sent: Sent): Promise<Sent> {
    return this.#parts.outside.teams.driver.sends(sent.activity);
  }

  async #seesButton(): Promise<boolean> {
    const { lapse } = this.#parts;
    for (const end = lapse.now() + PATIENCE; lapse.now() < end;) {
      if (this.#offersRun()) return true;
      if (this.#isRefused()) return false;
      await lapse.sleep(MOMENT);
    }
    return false;
  }

  #offersRun(): boolean {
    return RUN.some((title) => this.#offers(title));
  }

  #offers(title: string): boolean {
    return this.#parts.outside.watch.offers(this.ask.thread ?? '', title, this.ask.person.handle);
  }

  /** Words instead of a card, other than those that ask for patience. */
  #isRefused(): boolean {
    const { texts } = this.#parts.outside.watch.thread(this.ask.thread ?? '');
    return texts.some((text) => !WORDS_OF_PATIENCE.test(text));
  }

  #note(how: Act['how'], sent: Sent | undefined): void {
    const { ledger, lapse } = this.#parts;
    ledger.add({ what: 'act', at: lapse.now(), ask: this.ask.mark, how, status: sent?.status ?? 0 });
  }
}

/** The bot has taken it in: a message by its answer, a press by the one inside. */
function isTaken(sent: Sent): boolean {
  const inner = innerStatus(sent);
  return sent.status === 200 && (inner === undefined || inner === 200);
}
