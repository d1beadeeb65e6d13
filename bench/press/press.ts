import { resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { MeasuredBot } from '../measure/bot.ts';
import { Line } from '../measure/line.ts';
import { median, quantile } from '../measure/statistics.ts';
import { table } from '../measure/table.ts';
import { LeanDefender } from '../outside/defender.ts';
import { channelTokens } from '../outside/microsoft.ts';
import { Outside } from '../outside/outside.ts';
import { peopleNumbered } from '../outside/people.ts';
import { goal } from '../part.ts';
import type { Choice, Findings } from '../part.ts';
import { ownStart, ROOT } from '../turn/candidates.ts';
import { messageRequest, nthOf, pressRequest } from '../turn/turns.ts';
import type { Speaking } from '../turn/turns.ts';

const SLOW = 3000;
/** Between two presses: eight starts that take three seconds each are under way at once, and no ninth. */
const PAUSE = 450;
const PATIENCE = 20_000;

interface Times {
  /** In milliseconds. */
  readonly answer: number[];
  readonly start: number[];
}

/** From the press on the card to its answer, and to the call that starts the scan. */
export async function measurePress({ quick }: Choice): Promise<Findings> {
  const presses = quick ? 2 : 60;
  const defender = new LeanDefender();
  const outside = await Outside.open({ people: peopleNumbered(2 * presses), defender });
  const own = ownStart(outside, 'press', { before: [resolve(ROOT, 'bench/outside/without-quota.ts')] });
  const bot = await MeasuredBot.start(own);
  try {
    const crowd = new Crowd(outside, defender, await Line.open(bot.port));
    await crowd.prepare();
    const fast = await crowd.press(0, presses, 0);
    const slow = await crowd.press(presses, presses, quick ? 50 : SLOW);
    crowd.close();
    return findings(fast, slow);
  } finally {
    await bot.stop();
    await outside.close();
  }
}

class Crowd {
  readonly #outside: Outside;
  readonly #defender: LeanDefender;
  readonly #line: Line;
  readonly #cards = new Map<number, (data: object) => void>();
  #speaking: Speaking | undefined;

  constructor(outside: Outside, defender: LeanDefender, line: Line) {
    this.#outside = outside;
    this.#defender = defender;
    this.#line = line;
    outside.onPost = (path, body) => {
      const data = dataIn(body);
      if (data !== undefined) this.#cards.get(nthOf(path))?.(data);
    };
  }

  async prepare(): Promise<void> {
    const { keys, people, serviceUrl } = this.#outside;
    const tokens = await channelTokens(keys, { serviceUrl, count: 10, entra: false });
    const says = (nth: number): string => `scan quick pc-${nth}.contoso.com because routine check ${nth}`;
    this.#speaking = { people, serviceUrl, tokens, says };
  }

  /** So many scans are asked for and confirmed, one after the other. */
  async press(from: number, count: number, takes: number): Promise<Times> {
    const times: Times = { answer: [], start: [] };
    this.#defender.startTakes = takes;
    for (let nth = from; nth < from + count; nth += 1) {
      await this.#one(nth, times);
      await after(takes === 0 ? PAUSE / 10 : PAUSE);
    }
    return times;
  }

  async #one(nth: number, times: Times): Promise<void> {
    if (this.#speaking === undefined) return;
    const card = new Promise<object>((done) => this.#cards.set(nth, done));
    await this.#line.send(messageRequest(nth, this.#speaking));
    const data = await inTime(card);
    this.#cards.delete(nth);
    const started = new Promise<number>((done) => {
      this.#defender.onStart = () => {
        done(performance.now());
      };
    });
    const begin = performance.now();
    await this.#line.send(pressRequest(nth, this.#speaking, { ...data, scanType: 'Quick', comment: `Check ${nth}` }));
    times.answer.push(performance.now() - begin);
    times.start.push((await inTime(started)) - begin);
  }

  close(): void {
    this.#line.close();
  }
}

/** What the button that runs the scan sends, where the message has it. */
function dataIn(body: string): object | undefined {
  const found = /\{"verb":"run","request":"[^"]+","rev":[^}]+\}/.exec(body)?.[0];
  return found === undefined ? undefined : (JSON.parse(found) as object);
}

async function inTime<T>(what: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = after(PATIENCE, undefined, { signal: stop.signal }).then(() => {
    throw new Error('A press led to nothing.');
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    stop.abort();
  }
}

function findings(fast: Times, slow: Times): Findings {
  const row = (name: string, { answer, start }: Times): readonly string[] => {
    const both = [answer, start].flatMap((all) => [median(all), quantile(all, 0.99)]);
    return [name, String(answer.length), ...both.map((ms) => ms.toFixed(1))];
  };
  const head = ['Defender', 'Presses', 'Answer p50 ms', 'p99 ms', 'POST p50 ms', 'p99 ms'];
  const rows = [row('answers at once', fast), row('takes 3 s', slow)];
  const late = quantile(slow.answer, 0.99) / quantile(fast.answer, 0.99);
  return {
    title: 'Press',
    lines: table(head, rows),
    goals: [
      goal('answer p99 with a slow Defender ≤ 1.2 of that with a fast one', late, { most: 1.2 }),
      goal('POST at Defender within 50 ms (p50)', median(fast.start), { most: 50, unit: ' ms' }),
    ],
  };
}
