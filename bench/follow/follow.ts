import { quantile } from '../measure/statistics.ts';
import { table } from '../measure/table.ts';
import { goal } from '../part.ts';
import type { Choice, Findings, Goal } from '../part.ts';
import { curve } from './curve.ts';
import { FollowedDay } from './day.ts';
import type { DayWish, Followed } from './day.ts';
import { usualPoller } from './usual-poller.ts';

const MOST = 10_000;
const GOALS: Readonly<Record<string, number>> = { 'requester 20': 75, 'requester 200': 660, 'application 200': 20 };

export interface Followings {
  readonly name: string;
  readonly scans: number;
  readonly day: Followed;
}

/** A day on a faked clock, with Defender's real limits: nothing here depends on the machine. */
export async function measureFollowing({ quick }: Choice): Promise<Findings> {
  const sizes = quick ? [100] : [100, 1000, MOST];
  const followings: Followings[] = [];
  const goals: Goal[] = [];
  for (const scans of sizes) {
    for (const wish of wishes(scans, quick)) {
      const day = await new FollowedDay(wish).pass();
      followings.push({ name: nameOf(wish), scans, day });
      if (scans === MOST) goals.push(...goalsOf(wish, day));
    }
    followings.push({ name: 'usual poller', scans, day: usualPoller(scans) });
  }
  const head = ['Follows', 'Scans', 'Told', 'Calls a day', 'Most a minute', '429s', 'p50 s', 'p95 s'];
  return { title: 'Following', lines: table(head, followings.map(row)), goals, svg: curve(followings) };
}

function wishes(scans: number, quick: boolean): readonly DayWish[] {
  if (quick) return [{ scans, requesters: 20, reader: 'requester' }];
  const asRequester = [1, 20, 200].map((requesters) => ({ scans, requesters, reader: 'requester' as const }));
  return [...asRequester, { scans, requesters: 200, reader: 'application' }];
}

function nameOf({ requesters, reader }: DayWish): string {
  if (reader === 'application') return 'Scan Bot as the application';
  return `Scan Bot, ${requesters} requester${requesters === 1 ? '' : 's'}`;
}

function goalsOf({ requesters, reader }: DayWish, { delays, refused }: Followed): readonly Goal[] {
  const most = GOALS[`${reader} ${requesters}`];
  if (most === undefined) return [];
  const p95 = quantile(delays, 0.95) / 1000;
  const who = reader === 'application' ? 'as the application' : `of ${requesters} requesters`;
  return [
    goal(`${MOST} scans ${who}: told within ${most} s (p95)`, p95, { most, unit: ' s' }),
    goal(`${MOST} scans ${who}: no 429`, refused, { most: 0 }),
  ];
}

function row({ name, scans, day }: Followings): readonly string[] {
  const { delays, calls, mostPerMinute, refused } = day;
  const seconds = (share: number): string => (quantile(delays, share) / 1000).toFixed(0);
  const counts = [scans, delays.length, calls, mostPerMinute, refused].map(String);
  return [name, ...counts, seconds(0.5), seconds(0.95)];
}
