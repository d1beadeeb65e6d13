import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { checksFor } from './checks.ts';
import { examine, reportOf } from './examine.ts';
import type { Finding } from './finding.ts';
import { instrumentsFor } from './instruments.ts';

const USAGE = `npm run doctor [-- --json] [--package FILE]

Looks at everything that the bot needs, changes nothing, and says for each thing that is wrong what to do.
The app package is build/scan-bot.zip, where FILE does not name another. For machines: npm run --silent doctor -- --json.
Ends with 0 when nothing is wrong, 1 otherwise, 78 when the configuration itself is.
`;
/** sysexits.h */
const EX_USAGE = 64;
const EX_CONFIG = 78;
const SOMETHING_WRONG = 1;
const JUDGE = 'The bot says so at each start, too. Leave it only where it is meant.';

type Env = Readonly<Record<string, string | undefined>>;

interface Flags {
  readonly json: boolean;
  readonly packageFile: string | undefined;
}

if (existsSync('.env')) process.loadEnvFile('.env');
const flags = flagsIn(process.argv.slice(2));
if (flags === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = EX_USAGE;
} else {
  process.exitCode = await run(flags, process.env);
}

async function run({ json, packageFile }: Flags, env: Env): Promise<number> {
  const reading = readConfig(env);
  const tell = (findings: readonly Finding[]): void => {
    process.stdout.write(json ? `${JSON.stringify({ findings }, undefined, 2)}\n` : reportOf(findings, inColour(env)));
  };
  if (!reading.ok) {
    tell(reading.faults.map(({ variable, fault, remedy }) => wrong(`${variable} ${fault}.`, remedy)));
    return EX_CONFIG;
  }
  const warnings = reading.warnings.map((says): Finding => ({
    check: 'configuration',
    is: 'open',
    says,
    remedy: JUDGE,
  }));
  const fine: Finding = { check: 'configuration', is: 'good', says: 'Complete, and free of contradictions.' };
  const findings = await examine(checksFor(reading.config, await instrumentsFor(reading.config, packageFile)));
  tell([fine, ...warnings, ...findings]);
  return findings.some(({ is }) => is === 'bad') ? SOMETHING_WRONG : 0;
}

function wrong(says: string, remedy: string): Finding {
  return { check: 'configuration', is: 'bad', says, remedy };
}

function inColour(env: Env): boolean {
  return process.stdout.isTTY && !('NO_COLOR' in env);
}

function flagsIn(args: readonly string[]): Flags | undefined {
  const options = { json: { type: 'boolean', default: false }, package: { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    return { json: values.json, packageFile: values.package };
  } catch {
    return undefined;
  }
}
