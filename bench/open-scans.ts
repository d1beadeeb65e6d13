import { systemClock } from '../src/app/clock.ts';
import { SECOND } from '../src/scan/time.ts';
import { keepResult } from './measure/results.ts';
import { machine } from './measure/machine.ts';
import { useOf } from './measure/process-use.ts';
import { median, table } from './measure/table.ts';
import { World } from './open-scans/world.ts';

/*
 * What 10,000 open scans cost: the same bot with them and with an empty store, in turn, in one run.
 *
 *   npm run bench:open-scans [-- ROUNDS SECONDS]
 */

const SCANS = 10_000;
const REQUESTERS = 100;
/** After the start, and the first look at every scan. */
const SETTLES = 20 * SECOND;

const [rounds = 3, seconds = 60] = process.argv.slice(2).map(Number);

interface Figures {
  readonly start: number;
  readonly memory: number;
  /** Of one processor, in percent. */
  readonly cpu: number;
  readonly looks: number;
}

const READERS = ['application', 'requester'] as const;
type Reader = (typeof READERS)[number];

const world = await World.open(REQUESTERS);
try {
  await world.fill('full', SCANS);
  const lines = [`${new Date().toISOString().slice(0, 10)}: ${machine()}`, ''];
  const head = ['STATUS_READER', 'Store', 'Start', 'Memory at rest', 'CPU at rest', 'Looks at Defender'];
  const rows: string[][] = [];
  for (const reader of READERS) rows.push(...(await compared(reader)));
  lines.push(...table(head, rows));
  process.stdout.write(`${lines.join('\n')}\n`);
  keepResult('open-scans', lines);
} finally {
  await world.close();
}

async function compared(reader: Reader): Promise<string[][]> {
  const [empty, full]: [Figures[], Figures[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    empty.push(await measured('empty', reader));
    full.push(await measured('full', reader));
  }
  const [without, having] = [middle(empty), middle(full)];
  const added = {
    start: having.start - without.start,
    memory: having.memory - without.memory,
    cpu: having.cpu - without.cpu,
    looks: having.looks - without.looks,
  };
  return [rowOf(reader, 'empty', without), rowOf(reader, '10,000 open scans', having), rowOf(reader, 'added', added)];
}

async function measured(store: string, reader: Reader): Promise<Figures> {
  const begin = performance.now();
  const bot = world.run(store, { STATUS_READER: reader, LOG_LEVEL: 'info' });
  await bot.listening();
  const start = performance.now() - begin;
  await pause(SETTLES);
  const [before, looks] = [useOf(bot.pid), world.looks];
  await pause(seconds * SECOND);
  const after = useOf(bot.pid);
  await bot.stopped();
  const cpu = (100 * (after.cpu - before.cpu)) / (seconds * SECOND);
  return { start, memory: after.memory, cpu, looks: world.looks - looks };
}

function middle(figures: readonly Figures[]): Figures {
  const of = (name: keyof Figures): number => median(figures.map((figure) => figure[name]));
  return { start: of('start'), memory: of('memory'), cpu: of('cpu'), looks: of('looks') };
}

function rowOf(reader: Reader, store: string, { start, memory, cpu, looks }: Figures): string[] {
  const perMinute = ((looks * 60) / seconds).toFixed(1);
  return [
    reader,
    store,
    `${start.toFixed(0)} ms`,
    `${memory.toFixed(1)} MB`,
    `${cpu.toFixed(2)} %`,
    `${perMinute} a minute`,
  ];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void systemClock.after(ms, resolve));
}
