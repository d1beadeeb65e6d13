import { resolve } from 'node:path';
import { BotDied } from './host/bot-process.ts';
import { openBrowser } from './host/browser.ts';
import { readFlags, USAGE } from './host/flags.ts';
import type { Flags } from './host/flags.ts';
import { isTaken } from './host/port.ts';
import { Sandbox } from './host/sandbox.ts';

const EX_USAGE = 64;
const EX_UNAVAILABLE = 69;
const FAILED = 1;
const SECOND = 1000;
/** What a process needs to start at all, and how the bot is to behave; nothing else of this machine reaches it. */
const PASSED_ON = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'HOME', 'USERPROFILE', 'LANG'];
const CONDUCT = ['APPROVAL', 'APPROVERS', 'APPROVAL_EXPIRES_MINUTES', 'CHANNEL_DETAIL'];

const reading = readFlags(process.argv.slice(2));
if (!reading.ok) fail(EX_USAGE, `${reading.why}\n\n${USAGE}`);
else if (reading.flags.help) say(USAGE);
else await run(reading.flags);

async function run(flags: Flags): Promise<void> {
  const ending = endingOnSignal();
  const sandbox = await opened(flags, ending.end);
  if (sandbox === undefined) return;
  if (flags.doctor) {
    const found = await sandbox.doctor();
    await sandbox.close();
    process.exit(found);
  }
  const seconds = (performance.now() / SECOND).toFixed(1);
  say(`Scan Bot sandbox: ${sandbox.url} (ready in ${seconds} s)`);
  say(flags.dataDir === undefined ? 'Ctrl-C ends it and leaves nothing behind.' : 'Ctrl-C ends it.');
  if (flags.open) openBrowser(sandbox.url, { platform: process.platform, env: process.env });
  const code = await ending.code;
  await sandbox.close();
  process.exit(code);
}

async function opened(flags: Flags, end: (code: number) => void): Promise<Sandbox | undefined> {
  try {
    return await Sandbox.open({
      port: flags.port,
      dataDir: flags.dataDir,
      baseEnv: passedOn(),
      onLogLine: (line) => {
        if (flags.verbose) process.stderr.write(`${line}\n`);
      },
      onBotDied: (died) => {
        tellOf(died);
        end(died.code === 0 ? FAILED : died.code);
      },
    });
  } catch (fault) {
    if (fault instanceof BotDied) tellOf(fault);
    else if (isTaken(fault)) fail(EX_UNAVAILABLE, `Port ${flags.port ?? ''} is taken; choose another with --port.`);
    else throw fault;
    return undefined;
  }
}

interface Ending {
  readonly code: Promise<number>;
  readonly end: (code: number) => void;
}

/** Listens from the start on: a Ctrl-C before the page is there counts as well. */
function endingOnSignal(): Ending {
  let end: (code: number) => void = () => undefined;
  const code = new Promise<number>((resolve) => {
    end = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end(0);
    });
  }
  endWithParent(() => {
    end(0);
  });
  return { code, end };
}

/** npm passes SIGTERM on to its shell only, which dies without a word: what is left behind would run for ever. */
function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end();
  }, SECOND / 2);
  watch.unref();
}

function passedOn(): Readonly<Record<string, string>> {
  const set = [...PASSED_ON, ...CONDUCT].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const policy = process.env['POLICY_FILE'];
  // The bot runs in a folder of its own.
  return { ...Object.fromEntries(set), ...(policy && { POLICY_FILE: resolve(policy) }) };
}

function tellOf(died: BotDied): void {
  fail(
    died.code === 0 ? FAILED : died.code,
    [...died.lastLines, `The bot has ended with code ${died.code}.`].join('\n'),
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(code: number, line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = code;
}
