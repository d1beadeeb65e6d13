import { readdirSync, readFileSync, realpathSync, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { MeasuredBot } from '../measure/bot.ts';
import type { BotStart } from '../measure/bot.ts';
import { spread } from '../measure/statistics.ts';
import { table } from '../measure/table.ts';
import { Outside } from '../outside/outside.ts';
import { peopleNumbered } from '../outside/people.ts';
import type { Choice, Findings } from '../part.ts';
import { isInstalled, ownStart, peerStart, PEERS, ROOT, skipped } from '../turn/candidates.ts';

interface Candidate {
  readonly name: string;
  readonly start: BotStart;
  readonly packages: readonly string[];
  /** Where its packages are looked for. */
  readonly from: string;
  readonly sources: readonly string[];
}

interface Rest {
  readonly took: number;
  readonly memory: number;
  readonly cpu: number;
}

/** What it costs to have: each started in turn, then left alone. */
export async function measureCost({ quick }: Choice): Promise<Findings> {
  const [rounds, rests] = quick ? [1, 100] : [3, 5000];
  const outside = await Outside.open({ people: peopleNumbered(1) });
  try {
    const candidates = [own(outside), ...(quick ? [] : peers(outside))];
    const measured = new Map<string, Rest[]>(candidates.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, start } of candidates) measured.get(name)?.push(await atRest(start, rests));
    }
    const rows = candidates.map((one) => row(one, measured.get(one.name) ?? []));
    const head = ['Bot', 'Cold start ms', 'Memory at rest MB', 'CPU at rest %', 'Packages', 'Install MB', 'Lines'];
    return { title: 'Cost', lines: [...table(head, rows), ...skipped(PEERS)], goals: [] };
  } finally {
    await outside.close();
  }
}

function own(outside: Outside): Candidate {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object };
  const sources = filesBelow(join(ROOT, 'src')).filter((file) => file.endsWith('.ts') && !file.includes('/sandbox/'));
  const start = ownStart(outside, 'rest');
  return { name: 'Scan Bot', start, packages: Object.keys(dependencies), from: ROOT, sources };
}

function peers(outside: Outside): readonly Candidate[] {
  const from = resolve(ROOT, 'bench');
  return PEERS.filter(isInstalled).map((peer) => ({
    name: peer.name,
    start: peerStart(peer, outside),
    packages: peer.packages,
    from,
    sources: ['told.js', peer.file].map((file) => join(from, 'peers', file)),
  }));
}

async function atRest(start: BotStart, ms: number): Promise<Rest> {
  const bot = await MeasuredBot.start(start);
  await after(ms / 2);
  const before = bot.use;
  await after(ms);
  const { cpu, memory } = bot.use;
  await bot.stop();
  return { took: bot.startTook, memory, cpu: (100 * (cpu - before.cpu)) / ms };
}

function row({ name, packages, from, sources }: Candidate, rests: readonly Rest[]): readonly string[] {
  const installed = closure(packages, from);
  const bytes = [...installed].flatMap(ownFiles).reduce((sum, file) => sum + statSync(file).size, 0);
  const lines = sources.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length - 1, 0);
  return [
    name,
    spread(rests.map(({ took }) => took)),
    spread(rests.map(({ memory }) => memory)),
    spread(
      rests.map(({ cpu }) => cpu),
      2,
    ),
    String(installed.size),
    (bytes / 1e6).toFixed(0),
    String(lines),
  ];
}

/** The directories of these packages and of all that they need, as Node finds them. */
function closure(names: readonly string[], from: string, found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const place = placeOf(name, from);
    if (place === undefined || found.has(place)) continue;
    found.add(place);
    const { dependencies = {} } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
      dependencies?: object;
    };
    closure(Object.keys(dependencies), place, found);
  }
  return found;
}

function placeOf(name: string, from: string): string | undefined {
  const place = join(from, 'node_modules', name);
  if (existsSync(join(place, 'package.json'))) return realpathSync(place);
  return dirname(from) === from ? undefined : placeOf(name, dirname(from));
}

/** Without those of the packages inside it: they are counted for themselves. */
function ownFiles(place: string): readonly string[] {
  return filesBelow(place, (name) => name !== 'node_modules');
}

function filesBelow(place: string, enters: (name: string) => boolean = () => true): readonly string[] {
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return enters(entry.name) ? filesBelow(join(place, entry.name), enters) : [];
    return entry.isFile() ? [join(place, entry.name)] : [];
  });
}
