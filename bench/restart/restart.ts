import { setTimeout as after } from 'node:timers/promises';
import { systemClock } from '../../src/app/clock.ts';
import { actionJson } from '../../src/sandbox/defender/stand-in-action.ts';
import { openStore } from '../../src/store/open-store.ts';
import { MeasuredBot } from '../measure/bot.ts';
import { median, spread } from '../measure/statistics.ts';
import { table } from '../measure/table.ts';
import { openScan } from '../outside/open-scans.ts';
import { Outside } from '../outside/outside.ts';
import { peopleNumbered } from '../outside/people.ts';
import type { Wire } from '../outside/wire.ts';
import { goal } from '../part.ts';
import type { Choice, Findings } from '../part.ts';
import { ownStart } from '../turn/candidates.ts';

const REQUESTERS = 20;
/** Long enough for the first look at every scan. */
const SETTLES = 12_000;
/** Then nothing happens but the looks at Defender, each of which reads all scans. */
const RESTS = 20_000;
const EVERYBODY = '';
const QUIET = { info: () => undefined, warn: () => undefined };
/** By who started them; of each one page, whose text is made once, so that the bench itself costs little. */
const actions = new Map<string, object[]>();
const pages = new Map<string, string>();
const defender: Wire = {
  prefix: '/api/machineactions',
  answer: ({ path }) => {
    const query = new URLSearchParams(path.split('?')[1]);
    const starter = /requestor eq '([^']*)'/.exec(query.get('$filter') ?? '')?.[1] ?? EVERYBODY;
    return { status: 200, body: query.has('$skip') ? '{"value":[]}' : (pages.get(starter) ?? '{"value":[]}') };
  },
};

interface Times {
  readonly settles: number;
  readonly rests: number;
}

const USUAL: Times = { settles: SETTLES, rests: RESTS };

interface Start {
  readonly took: number;
  readonly peak: number;
  /** Percent of a core, while nothing happens. */
  readonly rest: number;
}

/** What scans under way add to a start: the same bot with them and with an empty store, in turn. */
export async function measureRestart({ quick }: Choice): Promise<Findings> {
  const [scans, rounds, times] = quick ? [20, 1, { settles: 100, rests: 100 }] : [10_000, 3, USUAL];
  const outside = await Outside.open({ people: peopleNumbered(REQUESTERS), defender });
  try {
    await fill(outside, scans);
    const [empty, full]: [Start[], Start[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      empty.push(await measured(outside, 'empty', times));
      full.push(await measured(outside, 'full', times));
    }
    return findings(scans, empty, full);
  } finally {
    await outside.close();
  }
}

async function fill(outside: Outside, scans: number): Promise<void> {
  const store = await openStore({
    dataDir: outside.folder('full'),
    databaseUrl: undefined,
    clock: systemClock,
    log: QUIET,
  });
  for (let nth = 0; nth < scans; nth += 1) {
    const person = outside.people[nth % outside.people.length];
    if (person === undefined) break;
    const { action, write } = openScan(nth, person, outside.serviceUrl);
    actions.set(person.upn, [...(actions.get(person.upn) ?? []), actionJson(action)]);
    await store.commit(write);
  }
  await store.close();
  actions.set(EVERYBODY, [...actions.values()].flat());
  for (const [starter, value] of actions) pages.set(starter, JSON.stringify({ value }));
}

async function measured(outside: Outside, store: string, { settles, rests }: Times): Promise<Start> {
  const bot = await MeasuredBot.start(ownStart(outside, store));
  await after(settles);
  const before = bot.use;
  await after(rests);
  const { peak, cpu } = bot.use;
  await bot.stop();
  return { took: bot.startTook, peak, rest: (100 * (cpu - before.cpu)) / rests };
}

function findings(scans: number, empty: readonly Start[], full: readonly Start[]): Findings {
  const took = (all: readonly Start[]): readonly number[] => all.map((one) => one.took);
  const peak = (all: readonly Start[]): readonly number[] => all.map((one) => one.peak);
  const rest = (all: readonly Start[]): readonly number[] => all.map((one) => one.rest);
  const row = (name: string, all: readonly Start[]): readonly string[] => [
    name,
    spread(took(all)),
    spread(peak(all)),
    spread(rest(all)),
  ];
  const rows = [row('empty', empty), row(`${scans} scans under way`, full)];
  const later = median(took(full)) - median(took(empty));
  const more = median(peak(full)) - median(peak(empty));
  const busier = median(rest(full)) - median(rest(empty));
  return {
    title: 'Restart',
    lines: [...table(['Store', 'Ready after ms', 'Peak memory MB', 'CPU at rest %'], rows)],
    goals: [
      goal('ready at most 250 ms later than with an empty store', later, { most: 250, unit: ' ms' }),
      goal('at most 30 MB more', more, { most: 30, unit: ' MB' }),
      goal('at rest at most 2 % of a core more', busier, { most: 2, unit: ' %' }),
    ],
  };
}
