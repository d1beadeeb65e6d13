import type { ActionAnswer, ActOnMessage, Answer, FoundRow, Look, Message } from '../page/api.ts';
import type { Handle } from '../page/world.ts';
import type { Press, Say, Search, SignIn } from '../page/api.ts';
import type { WireLine } from '../page/wire.ts';
import type { World } from '../page/world.ts';
import { foreignOrder } from '../defender/action-routes.ts';
import type { StandInDevice } from '../defender/stand-in-device.ts';
import { Drill } from '../drill/drill.ts';
import type { Happening } from '../drill/happening.ts';
import { Acts, Impossible } from './acts.ts';
import { Announcer } from './announcer.ts';
import { actionHappening, callHappenings, cardHappenings, messageHappenings } from './happenings.ts';
import { placeOf } from './message-view.ts';
import { MOODS, setUsualMoods } from './moods/mood-list.ts';
import { SandboxPace } from './pace.ts';
import type { PageLines } from './page-lines.ts';
import { PEOPLE } from './people.ts';
import { furnish, installEverywhere } from './places.ts';
import { Town } from './town.ts';
import type { TownOptions } from './town.ts';
import { WireBook } from './wire-book.ts';
import type { Unnumbered } from './wire-book.ts';
import { defenderLine, entraLine, teamsLine } from './wire-lines.ts';
import { worldView } from './world-view.ts';

export type SessionOptions = Omit<TownOptions, 'pace' | 'onEntraWire'>;

type AddLine = (line: Unnumbered) => void;

const SOMEBODY = 'bob';

/** Everything from one beginning to the next: a town, what people do in it, and what the pages are told of it. */
export class Session {
  readonly #lines: PageLines;
  readonly #wire: WireBook;
  readonly #pace: SandboxPace;
  readonly #town: Town;
  readonly #acts: Acts;
  readonly #announcer: Announcer;
  readonly #drill: Drill;
  #worldTold = '';
  #worldDue: NodeJS.Immediate | undefined;

  private constructor(town: Town, pace: SandboxPace, wire: WireBook, lines: PageLines) {
    this.#drill = new Drill(othersApprove(town.env));
    this.#town = town;
    this.#pace = pace;
    this.#wire = wire;
    this.#lines = lines;
    this.#announcer = new Announcer(town.teams, lines);
    this.#acts = new Acts(town.teams, (message, handle) => {
      this.#announcer.signedIn(message, handle);
    });
  }

  static async open(options: SessionOptions, lines: PageLines): Promise<Session> {
    const pace = new SandboxPace();
    const wire = new WireBook();
    const add: AddLine = (line) => {
      lines.tell('wire', wire.add(line));
    };
    const onEntraWire: TownOptions['onEntraWire'] = (line) => {
      add(entraLine(line, PEOPLE));
    };
    const town = await Town.open({ ...options, pace, onEntraWire });
    const session = new Session(town, pace, wire, lines);
    setUsualMoods(town);
    furnish(town);
    session.#listen(add);
    await installEverywhere(town.teams);
    return session;
  }

  get bot(): Town['bot'] {
    return this.#town.bot;
  }

  get env(): Town['env'] {
    return this.#town.env;
  }

  async close(): Promise<void> {
    await this.#town.close();
    clearImmediate(this.#worldDue);
  }

  world(): World {
    return worldView(this.#town, this.#pace.factor, this.#drill.exercises);
  }

  messages(handle: Handle): readonly Message[] {
    return this.#announcer.messages(handle);
  }

  wireAfter(n: number): readonly WireLine[] {
    return this.#wire.after(n);
  }

  async say(say: Say): Promise<{ readonly message: string; readonly thread?: string }> {
    const said = await this.#acts.say(say);
    const { thread } = placeOf(said);
    return { message: said.id, ...(thread === undefined ? {} : { thread }) };
  }

  press(press: Press): Promise<Answer> {
    return this.#acts.press(press);
  }

  look(look: Look): Promise<void> {
    return this.#acts.look(look);
  }

  search(search: Search): Promise<readonly FoundRow[]> {
    return this.#acts.search(search);
  }

  action(action: ActOnMessage): Promise<ActionAnswer> {
    return this.#acts.action(action);
  }

  signIn(signIn: SignIn): Promise<Answer> {
    return this.#acts.signIn(signIn);
  }

  setMood(id: string, on: boolean): void {
    const mood = MOODS.find((one) => one.id === id);
    if (mood === undefined) throw new Impossible(`There is no mood ${id}.`);
    mood.turn(this.#town, on);
    this.#tellWorld();
  }

  setAsleep(id: string, asleep: boolean): void {
    const { moods } = this.#town.defender;
    const device = this.#device(id).id;
    if (asleep) moods.start('asleep', { device });
    else moods.stop('asleep', { device });
    this.#tellWorld();
  }

  scanByColleague(id: string, type: 'Quick' | 'Full'): void {
    const device = this.#device(id);
    const { actions } = this.#town.defender;
    if (actions.running(device.id) !== undefined) throw new Impossible('A scan waits or runs on it already.');
    actions.add(foreignOrder(device, type));
  }

  setTimeLapse(factor: number): void {
    this.#pace.factor = factor;
    this.#town.defender.actions.settle();
    this.#tellWorld();
  }

  /** With somebody who is signed in and has asked for a scan, as after a first day; afterwards nothing of it is open. */
  async withSomebody<T>(work: () => Promise<T>): Promise<T> {
    const { driver } = this.#town.teams;
    const chat = driver.personalChat(SOMEBODY);
    await driver.isSignedIn(SOMEBODY);
    await driver.says(SOMEBODY, 'scan FIN-LAPTOP-07', chat);
    try {
      return await work();
    } finally {
      await driver.says(SOMEBODY, 'sign out', chat);
    }
  }

  #device(id: string): StandInDevice {
    const device = this.#town.defender.devices.find((one) => one.id === id);
    if (device === undefined) throw new Impossible('There is no such device.');
    return device;
  }

  #listen(addLine: AddLine): void {
    const { teams, defender } = this.#town;
    this.#announcer.listen();
    teams.on('message', (message) => {
      this.#notice(messageHappenings(teams.world, message));
    });
    teams.on('edit', (message) => {
      this.#notice(cardHappenings(teams.world, message));
    });
    teams.on('wire', (entry) => {
      addLine(teamsLine(entry, PEOPLE));
      this.#tellWorld();
    });
    defender.on('wire', (entry) => {
      addLine(defenderLine(entry, PEOPLE));
      this.#notice(callHappenings(entry));
      this.#tellWorld();
    });
    defender.on('action', (action) => {
      this.#notice([actionHappening(defender, action)]);
      this.#tellWorld();
    });
  }

  #notice(happenings: readonly Happening[]): void {
    const ticked = happenings.map((happening) => this.#drill.notice(happening));
    if (ticked.includes(true)) this.#lines.tell('drill', this.#drill.exercises);
  }

  /** Once for everything that happens in the same moment, and only when it looks different. */
  #tellWorld(): void {
    this.#worldDue ??= setImmediate(() => {
      this.#worldDue = undefined;
      const world = this.world();
      const now = JSON.stringify(world);
      if (now !== this.#worldTold) this.#lines.tell('world', world);
      this.#worldTold = now;
    });
  }
}

function othersApprove({ APPROVAL: mode }: Readonly<Record<string, string>>): boolean {
  return mode === 'second-person' || mode === 'approvers';
}
