import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Bout } from './bout.ts';
import { postsFor, isFinalNotice, repetitions } from './judge/words.ts';
import type { StoreKind } from './scenario.ts';

/** What one bout came to: one line of the ledger file. */
export interface Result {
  readonly at: string;
  readonly seed: string;
  readonly store: StoreKind;
  readonly replicas: number;
  readonly pace: number;
  /** On the wall. */
  readonly seconds: number;
  readonly requests: number;
  readonly scans: number;
  readonly botKills: number;
  readonly databaseKills: number;
  readonly otherBlows: number;
  /** Calls to Defender, and how many of them met with trouble. */
  readonly calls: number;
  readonly troubled: number;
  readonly posts: number;
  readonly repeatedPosts: number;
  readonly repeatedEnds: number;
  readonly violations: number;
}

export function resultOf(bout: Bout, seconds: number): Result {
  const { ledger, left, scenario, violations } = bout;
  const { seed, store, replicas, pace } = scenario;
  const killed = ledger.blows.filter(({ how }) => how === 'killed');
  const databaseKills = killed.filter(({ who }) => who === 'the database').length;
  const otherBlows = ledger.blows.filter(({ how }) => how === 'frozen' || how === 'stops').length;
  const told = repetitions({ ledger, left });
  const ends = ledger.asks.map((ask) => postsFor(ask, ledger).filter(isFinalNotice).length);
  return {
    at: new Date().toISOString(),
    ...{ seed, store, replicas, pace, seconds: Math.round(seconds) },
    requests: left.requests.length,
    scans: ledger.scans.length,
    botKills: killed.length - databaseKills,
    databaseKills,
    otherBlows,
    calls: ledger.calls.length,
    troubled: ledger.calls.filter(({ trouble }) => trouble !== undefined).length,
    posts: told.posts,
    repeatedPosts: told.all,
    repeatedEnds: ends.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    violations: violations.length,
  };
}

export function addResult(file: string, result: Result): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(result)}\n`);
}

export function readResults(file: string): readonly Result[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Result);
}

const SUMMED = [
  'seconds',
  'requests',
  'scans',
  'botKills',
  'databaseKills',
  'otherBlows',
  'calls',
  'troubled',
  'posts',
  'repeatedPosts',
  'repeatedEnds',
  'violations',
] as const;

/** All results of each store together, as lines to read. */
export function summary(results: readonly Result[]): readonly string[] {
  return (['sqlite', 'postgres'] as const).flatMap((store) => {
    const of = results.filter((result) => result.store === store);
    if (of.length === 0) return [];
    const sums = SUMMED.map((name) => `${name} ${of.reduce((sum, result) => sum + result[name], 0)}`);
    return [`${store}: bouts ${of.length}, ${sums.join(', ')}`];
  });
}
