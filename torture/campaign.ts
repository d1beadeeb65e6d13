import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MINUTE, SECOND } from '../src/scan/time.ts';
import { Postgres } from '../test/support/postgres.ts';
import { bout } from './bout.ts';
import type { Bout } from './bout.ts';
import { storyOf } from './judge/story.ts';
import { paceHere } from './machine.ts';
import type { Options } from './options.ts';
import { addResult, resultOf } from './results.ts';
import { scenarioFor } from './scenario.ts';
import type { StoreKind } from './scenario.ts';

export type Say = (line: string) => void;

const MOST_STORIES = 5;
/** In minutes, lapsed: what a world remembers stays small, and its tokens hold. */
const LONGEST_BOUT = 8;

/** Bout after bout until the time is over. Answers whether no rule was broken. */
export async function campaign(options: Options, stores: readonly StoreKind[], say: Say): Promise<boolean> {
  const seed = options.seed ?? randomBytes(4).toString('hex');
  const server = stores.includes('postgres') ? await Postgres.start() : undefined;
  const end = Date.now() + options.forMs;
  let [scans, clean] = [0, true];
  try {
    for (let nth = 0; Date.now() < end && scans < options.mostScans; nth += 1) {
      const store = stores[nth % stores.length] ?? 'sqlite';
      const pace = options.wish.pace ?? paceHere();
      const minutes = Math.max(1, Math.min(LONGEST_BOUT, ((end - Date.now()) * pace) / MINUTE));
      const wish = { ...options.wish, pace, minutes, store, mostAsks: options.mostScans - scans };
      const done = await one(`${seed}-${nth + 1}`, {
        options,
        wish,
        server: store === 'postgres' ? server : undefined,
        say,
      });
      scans += done.ledger.scans.length;
      clean &&= done.violations.length === 0;
    }
  } finally {
    await server?.remove();
  }
  return clean;
}

interface OneParts {
  readonly options: Options;
  readonly wish: Parameters<typeof scenarioFor>[1];
  readonly server: Postgres | undefined;
  readonly say: Say;
}

async function one(seed: string, { options, wish, server, say }: OneParts): Promise<Bout> {
  const start = Date.now();
  const done = await bout({ scenario: scenarioFor(seed, wish), server, without: undefined });
  const result = resultOf(done, (Date.now() - start) / SECOND);
  addResult(options.ledger, result);
  const { store, replicas, pace, seconds, scans, botKills, databaseKills, repeatedPosts, violations } = result;
  say(
    `${seed}: ${store}, ${replicas} replicas, pace ${pace}: ${seconds} s, ${scans} scans, ` +
      `${botKills} + ${databaseKills} kills, ${repeatedPosts} posts repeated, ${violations} violations`,
  );
  if (done.violations.length > 0) tell(done, join(dirname(options.ledger), `${seed}.json`), say);
  return done;
}

/** The stories of the first few; everything that happened goes into a file. */
export function tell({ violations, ledger, left, scenario }: Bout, file: string, say: Say): void {
  for (const { rule, what, asks } of violations.slice(0, MOST_STORIES)) {
    say(`VIOLATION ${rule}: ${what}`);
    for (const mark of asks.slice(0, 2)) for (const line of storyOf(mark, ledger, left)) say(`  ${line}`);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    JSON.stringify({ scenario, violations, asks: ledger.asks, entries: ledger.entries, left }, null, 1),
  );
  say(`All of it is in ${file}`);
}
