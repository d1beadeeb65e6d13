import { hasPostgres } from '../test/support/postgres.ts';
import { campaign } from './campaign.ts';
import { guardNamed, GUARDS } from './guards/guards.ts';
import type { Options } from './options.ts';
import { BadOption, readOptions, USAGE } from './options.ts';
import { readResults, summary } from './results.ts';
import { trial } from './trial.ts';

const EX_USAGE = 64;
const VIOLATED = 1;
const INTERRUPTED = 130;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Whatever ends it: the bots and the database end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(INTERRUPTED));

try {
  process.exitCode = await run(readOptions(process.argv.slice(2)));
} catch (fault) {
  if (!(fault instanceof BadOption)) throw fault;
  process.stderr.write(`${fault.message}\n\n${USAGE}`);
  process.exitCode = EX_USAGE;
}

async function run(options: Options): Promise<number> {
  const { without, ledger, sum } = options;
  if (without === 'list') return listGuards();
  if (without !== undefined) return tryGuards(without);
  const stores = options.stores ?? (hasPostgres() ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const));
  const clean = sum || (await campaign(options, stores, say));
  for (const line of summary(readResults(ledger))) say(line);
  return clean ? 0 : VIOLATED;
}

function listGuards(): number {
  for (const { name, why } of GUARDS) say(`${name.padEnd(20)} ${why}`);
  return 0;
}

/** A run without a guard has to fail; where all are tried, it fails when one of them was not missed. */
async function tryGuards(name: string): Promise<number> {
  const guard = guardNamed(name);
  if (guard !== undefined) return (await trial(guard, say)) ? VIOLATED : 0;
  if (name !== 'all') throw new BadOption(`--without ${name}: no guard has this name.`);
  let missed = 0;
  for (const one of GUARDS) if (!(await trial(one, say))) missed += 1;
  return missed === 0 ? 0 : VIOLATED;
}
