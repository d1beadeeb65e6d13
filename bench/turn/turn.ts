import { median, quantile, ratio, spread } from '../measure/statistics.ts';
import { table } from '../measure/table.ts';
import { LeanDefender } from '../outside/defender.ts';
import { Outside } from '../outside/outside.ts';
import { peopleNumbered } from '../outside/people.ts';
import { goal } from '../part.ts';
import type { Choice, Findings, Goal } from '../part.ts';
import { HELP, SCAN, startAll, stopAll } from './bots.ts';
import type { LoadedBot } from './bots.ts';
import { PEERS, skipped } from './candidates.ts';
import { heapGrowth } from './heap.ts';
import type { HeapGrowth } from './heap.ts';
import type { Window } from './load.ts';

/** Enough that the limit on what one person may send is never reached. */
const PEOPLE = 600;
const AT_ONCE = 32;

interface Times {
  readonly rounds: number;
  readonly warm: number;
  readonly window: number;
  readonly turnsForHeap: number;
}
const FULL: Times = { rounds: 5, warm: 4000, window: 2000, turnsForHeap: 10_000 };
const QUICK: Times = { rounds: 1, warm: 100, window: 200, turnsForHeap: 50 };

interface Measured {
  readonly name: string;
  readonly many: readonly Window[];
  readonly one: readonly Window[];
  readonly memory: number;
}

/** What a turn costs: all bots alive in one run, each in turn, backwards in every other round. */
export async function measureTurn(choice: Choice): Promise<Findings> {
  const times = choice.quick ? QUICK : FULL;
  const outside = await Outside.open({ people: peopleNumbered(PEOPLE), defender: new LeanDefender() });
  try {
    const bots = await startAll(outside, choice);
    const measured = await takeTurns(bots, times).finally(() => stopAll(bots));
    return findings(measured, await heapGrowth(outside, times.turnsForHeap));
  } finally {
    await outside.close();
  }
}

async function takeTurns(bots: readonly LoadedBot[], { rounds, warm, window }: Times): Promise<readonly Measured[]> {
  const many = new Map<string, Window[]>(bots.map(({ name }) => [name, []]));
  const one = new Map<string, Window[]>(bots.map(({ name }) => [name, []]));
  for (const { load } of bots) await load.during(warm, { once: AT_ONCE });
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? bots : bots.toReversed();
    for (const { name, load } of order) many.get(name)?.push(await load.during(window, { once: AT_ONCE }));
    for (const { name, load } of order) one.get(name)?.push(await load.during(window / 4, { once: 1 }));
  }
  return bots.map(({ name, bot }) => ({
    name,
    many: many.get(name) ?? [],
    one: one.get(name) ?? [],
    memory: bot.use.memory,
  }));
}

function findings(measured: readonly Measured[], heap: HeapGrowth): Findings {
  const base = measured.find(({ name }) => name === PEERS[0]?.name);
  const head = [
    'Bot',
    'CPU µs a turn',
    'of (a)',
    'Turns/s',
    'p50 ms',
    'p99 ms',
    'alone: answer p50',
    'alone: card p50',
    'MB',
  ];
  const rows = measured.map((one) => row(one, base));
  const refused = measured.flatMap(({ many }) => many).reduce((sum, window) => sum + window.refused, 0);
  const lines = [
    `${AT_ONCE} connections, or one alone; a turn is over when it is answered and its card has reached Teams. (a) is botbuilder + restify. ` +
      'Middle of all rounds, with the least and the most; “of (a)” is the middle of the ratios within each round.',
    '',
    ...table(head, rows),
    '',
    `Turns not answered with 200: ${refused}. Live heap of Scan Bot before and after ${heap.turns} turns: ` +
      `${heap.before.toFixed(1)} and ${heap.after.toFixed(1)} MB.`,
    ...skipped(PEERS),
  ];
  return { title: 'Turn', lines, goals: goalsOf(measured, heap) };
}

function row({ name, many, one, memory }: Measured, base: Measured | undefined): readonly string[] {
  const perSecond = many.map(({ turns, took }) => (1000 * turns) / took);
  const all = many.flatMap(({ whole }) => whole);
  return [
    name,
    spread(cpuOf(many)),
    base === undefined ? '–' : ratio(cpuOf(many), cpuOf(base.many)).toFixed(2),
    spread(perSecond),
    median(all).toFixed(1),
    quantile(all, 0.99).toFixed(1),
    spread(
      one.map(({ answered }) => median(answered)),
      2,
    ),
    spread(
      one.map(({ whole }) => median(whole)),
      2,
    ),
    memory.toFixed(0),
  ];
}

function cpuOf(windows: readonly Window[]): readonly number[] {
  return windows.map(({ cpu }) => cpu);
}

function goalsOf(measured: readonly Measured[], heap: HeapGrowth): readonly Goal[] {
  const cpu = (name: string | undefined): readonly number[] =>
    cpuOf(measured.find((one) => one.name === name)?.many ?? []);
  const [builder, hosting, apps] = PEERS.map(({ name }) => cpu(name));
  const bare = [builder, hosting, apps].filter((one) => one !== undefined && one.length > 0);
  const alone = measured.find(({ name }) => name === HELP)?.one ?? [];
  const compared: Goal[] = [];
  if (builder?.length) compared.push(goal('`help` ≤ 0.5 of (a)', ratio(cpu(HELP), builder), { most: 0.5 }));
  if (hosting?.length) compared.push(goal('`help` < agents-hosting', ratio(cpu(HELP), hosting), { most: 0.999 }));
  if (bare.length > 0) {
    const dearest = Math.max(...bare.map((one) => ratio(cpu(SCAN), one ?? [])));
    compared.push(goal('`scan` ≤ the cheapest bare peer', dearest, { most: 1 }));
  }
  const p50 = median(alone.map(({ answered }) => median(answered)));
  const growth = heap.after - heap.before;
  return [
    ...compared,
    goal('one connection: `help` answered, p50 ≤ 1 ms', p50, { most: 1, unit: ' ms' }),
    goal(`heap flat over ${heap.turns} turns (≤ 1 MB more)`, growth, { most: 1, unit: ' MB' }),
  ];
}
