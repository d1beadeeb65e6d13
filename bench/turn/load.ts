import { Line } from '../measure/line.ts';
import type { MeasuredBot } from '../measure/bot.ts';
import { nthOf, messageRequest } from './turns.ts';
import type { Speaking } from './turns.ts';

export interface Window {
  readonly turns: number;
  /** In milliseconds. */
  readonly took: number;
  /** Of the bot, in microseconds a turn. */
  readonly cpu: number;
  /** How long each turn took until it was answered with its status. */
  readonly answered: readonly number[];
  /** The same, or until its card had reached Teams where that came later. */
  readonly whole: readonly number[];
  /** Turns that were answered with anything but 200. */
  readonly refused: number;
}

interface Turn {
  readonly status: number;
  readonly answered: number;
  readonly whole: number;
}

class NoCard extends Error {
  override readonly name = 'NoCard';
}

const PATIENCE = 30_000;

/** Sends turns to one bot and knows when each is over: answered, and its card posted, in whichever order. */
export class Load {
  readonly #bot: MeasuredBot;
  readonly #speaking: Speaking;
  readonly #nextNumber: () => number;
  readonly #lines: Line[] = [];
  readonly #cards = new Map<number, () => void>();

  constructor(bot: MeasuredBot, speaking: Speaking, nextNumber: () => number) {
    this.#bot = bot;
    this.#speaking = speaking;
    this.#nextNumber = nextNumber;
  }

  /** Anew for each window: a bot hangs up on whoever is silent for some seconds. */
  async connect(lines: number): Promise<void> {
    this.close();
    while (this.#lines.length < lines) this.#lines.push(await Line.open(this.#bot.port));
  }

  /** A message has reached Teams. */
  posted(path: string): void {
    const nth = nthOf(path);
    const arrived = this.#cards.get(nth);
    this.#cards.delete(nth);
    arrived?.();
  }

  /** As many turns at once as asked for, one after the other on each connection, for so long or so many. */
  async during(ms: number, at: { readonly once: number; readonly most?: number }): Promise<Window> {
    await this.connect(at.once);
    const [before, begin] = [this.#bot.use, performance.now()];
    const whole: number[] = [];
    const answered: number[] = [];
    let [refused, left] = [0, at.most ?? Infinity];
    const keepsOn = async (line: Line): Promise<void> => {
      while (performance.now() - begin < ms && left > 0) {
        left -= 1;
        const turn = await this.#turn(line);
        answered.push(turn.answered);
        whole.push(turn.whole);
        if (turn.status !== 200) refused += 1;
      }
    };
    await Promise.all(this.#lines.slice(0, at.once).map(keepsOn));
    const took = performance.now() - begin;
    const cpu = ((this.#bot.use.cpu - before.cpu) * 1000) / whole.length;
    return { turns: whole.length, took, cpu, answered, whole, refused };
  }

  async #turn(line: Line): Promise<Turn> {
    const nth = this.#nextNumber();
    const card = new Promise<void>((resolve) => this.#cards.set(nth, resolve));
    const begin = performance.now();
    const status = await line.send(messageRequest(nth, this.#speaking));
    const answered = performance.now() - begin;
    if (status === 200) await inTime(card, nth);
    return { status, answered, whole: performance.now() - begin };
  }

  close(): void {
    for (const line of this.#lines.splice(0)) line.close();
  }
}

/** A card that never comes would let the measurement hang for ever. */
async function inTime(card: Promise<void>, nth: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new NoCard(`Nothing was posted in answer to turn ${nth}.`));
    }, PATIENCE);
  });
  await Promise.race([card, late]).finally(() => {
    clearTimeout(timer);
  });
}
