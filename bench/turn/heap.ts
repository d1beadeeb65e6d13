import { resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { MeasuredBot } from '../measure/bot.ts';
import { channelTokens } from '../outside/microsoft.ts';
import type { Outside } from '../outside/outside.ts';
import { ownStart } from './candidates.ts';
import { Load } from './load.ts';

export interface HeapGrowth {
  readonly turns: number;
  /** Live, in MB, before and after. */
  readonly before: number;
  readonly after: number;
}

/** So many that the bot's own memory of who speaks where is full before it is measured. */
const THREADS = 500;
const PIECE = 1000;

/** What stays in memory of many turns: live objects only, after a collection. */
export async function heapGrowth(outside: Outside, turns: number): Promise<HeapGrowth> {
  const own = ownStart(outside, 'heap', { before: [resolve(import.meta.dirname, 'heap-hook.ts')] });
  const bot = await MeasuredBot.start({ ...own, args: ['--expose-gc', ...own.args] });
  const { keys, people, serviceUrl } = outside;
  const tokens = await channelTokens(keys, { serviceUrl, count: 1, entra: false });
  let nth = 0;
  const next = (): number => (nth += 1) % THREADS;
  const load = new Load(bot, { people, serviceUrl, tokens, says: () => 'help' }, next);
  outside.onPost = (path) => {
    load.posted(path);
  };
  const takeTurns = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= PIECE)
      await load.during(Infinity, { once: 32, most: Math.min(left, PIECE) });
  };
  try {
    await takeTurns(Math.min(turns, 2 * PIECE));
    const before = await liveHeap(bot);
    await takeTurns(turns);
    return { turns, before, after: await liveHeap(bot) };
  } finally {
    load.close();
    await bot.stop();
  }
}

/** The least of three: what was on its way out is gone by then. */
async function liveHeap(bot: MeasuredBot): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    bot.signal('SIGUSR2');
    await after(500);
  }
  const heaps = [...bot.complaints.matchAll(/^heap (\d+)$/gm)].slice(-3).map(([, bytes]) => Number(bytes));
  return Math.min(...heaps) / 2 ** 20;
}
