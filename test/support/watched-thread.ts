import assert from 'node:assert/strict';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import type { WireEntry } from '../../src/sandbox/defender/wire-log.ts';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { Held } from './gate.ts';
import type { OutsideWorld } from './outside-world.ts';

const WAITING = 'Waiting for confirmation';
const SUCCEEDED = 'Scan finished: Succeeded';
/** Defender keeps records and events of Windows alone. */
const ACCEPTED = 'Accepted, not confirmed (Succeeded)';
/** Stands in every comment, so that the output can be searched for it. */
export const SECRET_WORD = 'Zyklamen';
const PATIENCE = 80 * SECOND;

/** One scan of its own device in its own thread. */
export class WatchedThread {
  readonly #world: OutsideWorld;
  readonly device: StandInDevice;
  readonly place: Place;

  constructor(world: OutsideWorld, name: string, thread = name) {
    this.#world = world;
    const device = world.defender.devices.find((one) => one.name.toLowerCase().startsWith(`${name}.`));
    assert(device !== undefined, name);
    this.device = device;
    this.place = world.teams.driver.channelThread(thread);
  }

  get #name(): string {
    return this.device.name.split('.')[0] ?? '';
  }

  says(): Promise<Sent> {
    const text = `scan quick ${this.#name} because ${SECRET_WORD} ${this.#name}`;
    return this.#world.teams.driver.says('alice', text, this.place);
  }

  async asks(): Promise<void> {
    assert.equal((await this.says()).status, 200);
    await this.shows(WAITING);
  }

  presses(): Promise<Sent> {
    return this.#world.teams.driver.presses('alice', 'Run scan', {}, { place: this.place });
  }

  async starts(): Promise<void> {
    await this.asks();
    assert.equal((await this.presses()).status, 200);
  }

  title(): string {
    return (this.#world.teams.driver.titles(this.place).at(-1) ?? '').replace(/^\S+ /, '');
  }

  async shows(title: string): Promise<void> {
    await this.#world.teams.driver.until(() => this.title() === title, `“${title}” for ${this.#name}`, PATIENCE);
  }

  /** Everything that the bot has said in words. */
  texts(): readonly string[] {
    return this.#world.teams.driver.texts(this.place);
  }

  /** Resolves when the thread has heard that Defender took the scan. */
  async isAccepted(): Promise<void> {
    const told = (): boolean => this.texts().length > 0;
    await this.#world.teams.driver.until(told, `a word about ${this.#name}`, PATIENCE);
  }

  async isTold(): Promise<void> {
    const told = (): boolean => this.texts().some((text) => text.startsWith('<at>'));
    await this.#world.teams.driver.until(told, `the end of ${this.#name}`, PATIENCE);
  }

  /** How the starts were answered that reached Defender. */
  posts(): readonly number[] {
    const path = `/machines/${this.device.id}/runAntiVirusScan`;
    return this.#world.defender.wire.entries.filter((call) => call.path.endsWith(path)).map(({ status }) => status);
  }

  /** Resolves when the bot has read from Defender that the scan is over, and has gone on to its next look. */
  async isReadAsOver(): Promise<void> {
    const { defender } = this.#world;
    for (let looks = 0; looks < 2;) {
      const call = await new Promise<WireEntry>((resolve) => {
        const stop = defender.on('wire', (entry) => {
          stop();
          resolve(entry);
        });
      });
      const isOver = defender.actions.all.some(
        ({ device, status }) => device === this.device.id && status === 'Succeeded',
      );
      if (isOver && call.path.endsWith('/machineactions')) looks += 1;
    }
  }

  sleeps(): void {
    this.#world.defender.moods.start('asleep', { device: this.device.id });
  }

  wakes(): void {
    this.#world.defender.moods.stop('asleep', { device: this.device.id });
  }

  holdsStart(): Held {
    return this.#world.toDefender.holdCall((call) => call.startsWith('POST') && call.includes(this.device.id));
  }

  holdsAnswer(): Held {
    return this.#world.toDefender.holdAnswer((call) => call.startsWith('POST') && call.includes(this.device.id));
  }

  holdsLookUp(): Held {
    return this.#world.toDefender.holdCall((call) => call.includes('/machines?') && call.includes(this.#name));
  }

  /** One scan of it, one card, one word at the acceptance, at most one at the start, one mention at the end. */
  endedWell(): void {
    const { defender, teams } = this.#world;
    const scans = defender.actions.all.filter(({ device }) => device === this.device.id);
    assert.equal(scans.length, 1, 'scans at Defender');
    assert.equal(this.posts().filter((status) => status === 201).length, 1, 'starts that Defender took');
    assert.equal(this.title(), this.device.os.startsWith('Windows') ? SUCCEEDED : ACCEPTED);
    assert.equal(teams.driver.cardMessages(this.place).length, 1, 'cards');
    const said = this.texts().map((text) => /accepted it\.|picked it up|^<at>.*: Succeeded/.exec(text)?.[0]);
    const [accepted, ...rest] = said.map((text) => text?.replace(/^<at>.*/, 'ended'));
    assert.equal(accepted, 'accepted it.');
    assert.equal(rest.pop(), 'ended');
    assert(rest.length === 0 || (rest.length === 1 && rest[0] === 'picked it up'), said.join());
  }
}
