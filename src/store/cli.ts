import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Environment } from '../config/environment.ts';
import { isDatabaseUrl, readStorage } from '../config/storage.ts';
import { backup } from './commands/backup.ts';
import type { CommandParts, Told } from './commands/command.ts';
import { copy } from './commands/copy.ts';
import { dead, deadAgain } from './commands/dead.ts';
import { restore } from './commands/restore.ts';
import { verify } from './commands/verify.ts';
import { STORE_FAULTS } from './open-store.ts';

/** sysexits.h, as in main.ts. */
const EX_USAGE = 64;
const EX_CONFIG = 78;
const FOUND = 1;

const USAGE = `The store of Scan Bot, in DATA_DIR or where DATABASE_URL says.

  npm run store -- backup FILE                one consistent copy of the embedded store; the bot may run
  npm run store -- restore FILE               puts a backup in its place; the bot must be stopped
  npm run store -- copy --to <DATABASE_URL>   moves the embedded store into an empty PostgreSQL database; bot stopped
  npm run store -- verify                     whether what it holds can be true; the bot may run
  npm run store -- dead [--again]             what was given up and why, or all of it due once more; the bot may run
`;

type Command = (parts: CommandParts) => Told | Promise<Told>;

const MENDABLE: ReadonlySet<string> = new Set([...STORE_FAULTS, 'StoreAbsent', 'CommandRefused']);

if (existsSync('.env')) process.loadEnvFile('.env');
const { argv, env } = process;
// Paths are as seen from where npm was called; the script itself runs beside package.json.
const command = commandOf(argv.slice(2), env['INIT_CWD'] ?? '.');
if (command === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = EX_USAGE;
} else {
  await run(command, new Environment(env));
}

function commandOf(args: readonly string[], calledFrom: string): Command | undefined {
  const options = { to: { type: 'string' }, again: { type: 'boolean' } } as const;
  const read = attempt(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  if (read === undefined) return undefined;
  const [name, file, ...rest] = read.positionals;
  const path = resolve(calledFrom, file ?? '');
  const { to, again } = read.values;
  const given = [file !== undefined && 'file', to !== undefined && 'to', again === true && 'again'].filter(Boolean);
  if (rest.length > 0) return undefined;
  switch ([name, ...given].join(' ')) {
    case 'backup file':
      return (parts) => backup(parts, path);
    case 'restore file':
      return (parts) => restore(parts, path);
    case 'copy to':
      return isDatabaseUrl(to ?? '') ? (parts) => copy(parts, to ?? '') : undefined;
    case 'verify':
      return verify;
    case 'dead':
      return dead;
    case 'dead again':
      return deadAgain;
    default:
      return undefined;
  }
}

async function run(command: Command, env: Environment): Promise<void> {
  const place = readStorage(env);
  if (env.faults.length > 0) {
    process.stderr.write(env.faults.map(({ variable, fault, remedy }) => `${variable} ${fault}. ${remedy}\n`).join(''));
    process.exitCode = EX_CONFIG;
    return;
  }
  try {
    const told = await command({ place, now: Date.now() });
    process.stdout.write(`${told.lines.join('\n')}\n`);
    process.exitCode = told.found === true ? FOUND : 0;
  } catch (fault) {
    if (!(fault instanceof Error) || !MENDABLE.has(fault.name)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = FOUND;
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
