import { createWriteStream, existsSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { Environment } from '../config/environment.ts';
import type { Fault } from '../config/environment.ts';
import { readStorage } from '../config/storage.ts';
import { DefenderInPersonsName } from '../defender/in-persons-name.ts';
import { openEntra } from '../entra/entra.ts';
import { createLog } from '../log.ts';
import { createNet } from '../net/request.ts';
import type { Clock } from '../scan/ports.ts';
import { answered, refused } from '../scan/refusal.ts';
import { DAY, MINUTE } from '../scan/time.ts';
import { readBook } from '../store/audit/book.ts';
import type { Book } from '../store/audit/book.ts';
import { forget } from '../store/audit/forget.ts';
import type { Place } from '../store/commands/command.ts';
import { STORE_FAULTS } from '../store/open-store.ts';
import { readOrder } from './arguments.ts';
import type { Order } from './arguments.ts';
import { readRecord } from './chain.ts';
import { withoutList } from './defender-list.ts';
import type { ActionList } from './defender-list.ts';
import { exportHead, exportLine } from './export.ts';
import { ChainScans, reconcile, reconciledLines } from './reconcile.ts';
import { verifyAudit } from './verify.ts';

/** sysexits.h, as in main.ts. */
const EX_USAGE = 64;
const EX_CONFIG = 78;
const FOUND = 1;

const USAGE = `The audit of Scan Bot, in DATA_DIR or where DATABASE_URL says. The bot may run.

  npm run audit -- verify [--anchor N:HASH …]     whether any record was changed, moved, added between or taken away
  npm run audit -- export [--from DAY] [--to DAY] [--format jsonl|csv] [--out FILE]
  npm run audit -- reconcile [--from DAY] [--to DAY] [--token-file FILE]
                                                  the last 30 days, or these, against Defender's machine actions
  npm run audit -- forget PERSON                  takes a person (object id) out of the store; the chain stays whole

A day is 2026-11-20 in UTC, both ends included; or a time with its offset, 2026-11-20T22:00+01:00.
`;

type Env = Readonly<Record<string, string | undefined>>;
type OrderTo<Do extends Order['do']> = Extract<Order, { do: Do }>;

const LOOK_BACK = 30 * DAY;
const CLOCK_SKEW = 10 * MINUTE;

const MENDABLE: ReadonlySet<string> = new Set([...STORE_FAULTS, 'StoreAbsent', 'CommandRefused', 'CredentialFault']);

const clock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

// A reader such as `head` may leave before everything is written.
process.stdout.on('error', () => process.exit());
if (existsSync('.env')) process.loadEnvFile('.env');
const read = readOrder(process.argv.slice(2));
if (read.ok) await run(read.order, process.env);
else stop(EX_USAGE, `${read.why}\n\n${USAGE}`);

async function run(order: Order, env: Env): Promise<void> {
  const storage = new Environment(env);
  const place = readStorage(storage);
  if (storage.faults.length > 0) {
    stop(EX_CONFIG, told(storage.faults));
    return;
  }
  try {
    const fine = await carryOut(order, place, env);
    process.exitCode ??= fine ? 0 : FOUND;
  } catch (fault) {
    if (!(fault instanceof Error) || !MENDABLE.has(fault.name)) throw fault;
    stop(FOUND, `${fault.message}\n`);
  }
}

/** Whether all is as it should be. */
async function carryOut(order: Order, place: Place, env: Env): Promise<boolean> {
  switch (order.do) {
    case 'verify': {
      const verdict = await readBook(place, (book) => verifyAudit(book, order.anchors, clock.now()));
      print(verdict.lines);
      return !verdict.found;
    }
    case 'export':
      return exportTo(order, place, env);
    case 'reconcile':
      return reconciled(order, place, env);
    case 'forget': {
      const { fields, requests } = await forget(place, order.person, clock.now());
      print([
        `Forgotten: ${fields} personal fields of the audit, ${requests} requests. The chain is whole: verify it.`,
      ]);
      return true;
    }
  }
}

/** A file of its own is for its owner's eyes only, and never overwritten. */
async function exportTo(order: OrderTo<'export'>, place: Place, env: Env): Promise<boolean> {
  const out = order.out === undefined ? process.stdout : openNew(resolve(env['INIT_CWD'] ?? '.', order.out));
  if (out === undefined) return false;
  await readBook(place, (book) => pipeline(exported(book, order), out, { end: order.out !== undefined }));
  return true;
}

async function* exported(book: Book, { times, format }: OrderTo<'export'>): AsyncIterable<string> {
  yield exportHead(format);
  for await (const entry of book.entries(times)) yield exportLine(entry, format);
}

function openNew(path: string): Writable | undefined {
  try {
    return createWriteStream(path, { fd: openSync(path, 'wx', 0o600) });
  } catch {
    stop(FOUND, `${path} cannot be made: it is there already, or its folder is not.\n`);
    return undefined;
  }
}

async function reconciled(order: OrderTo<'reconcile'>, place: Place, env: Env): Promise<boolean> {
  const reading = readConfig(env);
  if (!reading.ok) {
    stop(EX_CONFIG, `To ask Defender takes the configuration of the bot.\n${told(reading.faults)}`);
    return false;
  }
  const { from = clock.now() - LOOK_BACK, until = clock.now() } = order.times;
  const theirs = await actionList(reading.config, order.tokenFile).scansSince({ as: 'application' }, from - CLOCK_SKEW);
  if (!theirs.ok) {
    stop(FOUND, `${withoutList(theirs.refusal)}\n`);
    return false;
  }
  const ours = new ChainScans();
  await readBook(place, async (book) => {
    for await (const { row } of book.entries()) {
      const record = readRecord(row.body);
      if (record !== undefined) ours.see(record);
    }
  });
  const result = reconcile(ours, theirs.value, { from, until, now: clock.now() });
  print(reconciledLines(result));
  return result.faults.length === 0;
}

/** In the app's own name by Machine.Read.All, or with a token that somebody gave for this. */
function actionList({ appId, tenantId, credential, endpoints }: Config, tokenFile: string | undefined): ActionList {
  const { loginUrl, connectorScope, defenderAudience, graphAudience, defenderUrl } = endpoints;
  const net = createNet();
  const app = { loginUrl, tenantId, appId };
  const settings = { app, credential, scopes: { connectorScope, defenderAudience, graphAudience } };
  const given = tokenFile === undefined ? undefined : readFileSync(tokenFile, 'utf8').trim();
  const { appTokens } = openEntra(settings, { net, clock, log: createLog('silent') });
  const tokens = {
    token: () => Promise.resolve(refused('sign-in-needed')),
    accounts: () => [],
    application: () => (given === undefined ? appTokens.defenderAppToken() : Promise.resolve(answered(given))),
  };
  // A few calls: they fit beside those of the bot.
  const budget = { take: () => ({ ok: true }) as const, heed: () => undefined };
  return new DefenderInPersonsName({ baseUrl: defenderUrl, net, clock, budget, tokens });
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function told(faults: readonly Fault[]): string {
  return faults.map(({ variable, fault, remedy }) => `${variable} ${fault}. ${remedy}\n`).join('');
}

function stop(code: number, why: string): void {
  process.stderr.write(why);
  process.exitCode = code;
}
