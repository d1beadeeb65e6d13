import type { Time } from './ids.ts';
import type { DefenderScan } from './defender-scan.ts';
import { resultOf } from './defender-scan.ts';
import { sameComment } from './comment.ts';
import type { Message } from './message.ts';
import type { FollowerId, Write } from './ports.ts';
import type { In } from './moves.ts';
import { cardMessage, endedMessage, move, noticeMessage } from './moves.ts';
import type { Following, ScanRequest, Settled, Stage, Submitting } from './scan-request.ts';
import { MINUTE } from './time.ts';

/** Clocks differ, and Defender's is not ours. */
export const CLOCK_SKEW = 5 * MINUTE;

/** Whether this record can be the scan that we sent: same type, same words, by the requester, not from before. */
export function isOurs(scan: DefenderScan, sent: Submitting): boolean {
  if (scan.createdAt < sent.intention - CLOCK_SKEW) return false;
  if (scan.type !== undefined && scan.type !== sent.content.type) return false;
  if (scan.comment !== '' && !sameComment(scan.comment, sent.content.comment)) return false;
  return isBy(scan.requester, sent.accounts);
}

function isBy(requester: string, accounts: readonly string[]): boolean {
  if (requester === '' || accounts.length === 0) return true;
  return accounts.some((account) => account.toLowerCase() === requester.toLowerCase());
}

/** Defender has a scan for this request: ours, or one that ran there already. Followed from now on. */
export function follow(request: In<'submitting'>, scan: DefenderScan, facts: FollowFacts): Write {
  const adopted = !isOurs(scan, request.stage);
  const { device, content } = request.stage;
  const seen = { device, content, scan, adopted, since: facts.now };
  const event = {
    who: 'defender' as const,
    what: adopted ? 'adopted' : 'accepted',
    at: facts.now,
    facts: { action: scan.id },
  };
  if (resultOf(scan.status) !== undefined && adopted) return settle(request, seen, facts.now);
  const stage: Following = { name: 'following', ...seen, waited: scan.status === 'Pending' };
  const accepted = noticeMessage(request, { say: 'accepted', request: request.id });
  const write = move(request, stage, event, [cardMessage(request), accepted]);
  return { ...write, follow: { who: facts.follower, at: facts.lookAt } };
}

export interface FollowFacts {
  readonly now: Time;
  readonly follower: FollowerId;
  readonly lookAt: Time;
}

/** What a look at Defender changes; `undefined` when nothing does. */
export function observe(request: In<'following'>, scan: DefenderScan, now: Time): Write | undefined {
  const before = request.stage;
  if (resultOf(scan.status) !== undefined) return settle(request, { ...before, scan: merged(before.scan, scan) }, now);
  if (scan.status === before.scan.status) return undefined;
  const stage: Stage = {
    ...before,
    scan: merged(before.scan, scan),
    waited: before.waited || scan.status === 'Pending',
  };
  const event = { who: 'defender' as const, what: `now ${scan.status}`, at: now };
  return move(request, stage, event, [cardMessage(request), ...startedMessages(request, scan)]);
}

function startedMessages(request: In<'following'>, scan: DefenderScan): readonly Message[] {
  const { waited } = request.stage;
  if (!waited || scan.status !== 'InProgress') return [];
  return [noticeMessage(request, { say: 'started', request: request.id })];
}

/** Defender leaves facts out of some answers: what was known stays known. */
function merged(known: DefenderScan, seen: DefenderScan): DefenderScan {
  return {
    ...seen,
    type: seen.type ?? known.type,
    requester: seen.requester === '' ? known.requester : seen.requester,
    comment: seen.comment === '' ? known.comment : seen.comment,
  };
}

function settle(request: ScanRequest, seen: Omit<Settled, 'name' | 'at'>, now: Time): Write {
  const { device, content, scan, adopted, since } = seen;
  const stage: Settled = { name: 'settled', device, content, scan, adopted, since, at: now };
  const facts = { action: scan.id, ...(scan.errorCode !== '' && { error: scan.errorCode }) };
  const event = { who: 'defender' as const, what: `ended: ${scan.status}`, at: now, facts };
  return move(request, stage, event, [cardMessage(request), endedMessage(request)]);
}
