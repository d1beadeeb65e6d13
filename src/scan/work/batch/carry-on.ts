import { isDeepStrictEqual } from 'node:util';
import type { BatchRunning, InBatch, Stopped } from '../../batch/batch.ts';
import { batchCard, batchMove, batchNotice, batchSignIn, endedNotice } from '../../batch/batch-moves.ts';
import type { Tally } from '../../batch/tally.ts';
import { isAllDone, isAllLookedAt, isLookedFor, isQuiet, tallyFrom } from '../../batch/tally.ts';
import type { ScanType } from '../../device.ts';
import type { Outcome } from '../../outcome.ts';
import { again, MOVED } from '../../outcome.ts';
import type { Time } from '../../ids.ts';
import type { Message } from '../../message.ts';
import type { ScanRequest } from '../../scan-request.ts';
import { signInMends } from '../../refusal.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import { retryTime } from '../parts.ts';
import type { BatchParts } from './batch-parts.ts';
import { csvMessages } from './csv-messages.ts';
import { goOut } from './go-out.ts';
import type { NextTurn } from './go-out.ts';
import { stopMembers } from './stop-members.ts';

type Running = InBatch<'running'>;

const REDRAW_EVERY = 10 * SECOND;
/** Its scans wake it; this is for a wake that was lost. */
const LOOK_EVERY = 10 * MINUTE;
/** So long the end waits for a look at what was found. */
const LOOK_WITHIN = 10 * MINUTE;
/** So long the end waits for devices that are away, when all others are done. */
const AWAY_WITHIN = 30 * MINUTE;
/** So long for ends that Defender does not show: longer than nearly every scan takes. */
const UNSEEN_WITHIN: Readonly<Record<ScanType, Time>> = { Quick: 2 * HOUR, Full: 12 * HOUR };

/** What there is to see now. */
interface Seen {
  readonly now: Time;
  readonly members: readonly ScanRequest[];
  readonly tally: Tally;
  readonly stopped: Stopped | undefined;
  readonly next: NextTurn;
  readonly lacksSignIn: boolean;
}

/** One turn of a request for many: some scans go out, the card is redrawn, and at the end it is told. */
export async function carryOn(batch: Running, parts: BatchParts): Promise<Outcome> {
  const { store, clock } = parts;
  const begun = await store.batches.members(batch.id);
  const held = begun.length === 0 ? await heldBack(batch, parts) : undefined;
  const next = held === undefined ? await goOut(batch, begun, parts) : held.until;
  const stopped = await stopMembers(batch, begun, parts);
  const members = await store.batches.members(batch.id);
  const now = clock.now();
  const ended = batch.stage.stopped !== undefined || now >= batch.stage.until;
  const tally = tallyFrom(batch.stage.scans, new Map(members.map((one) => [one.id, one])), ended);
  return settle(batch, { now, members, tally, stopped, next, lacksSignIn: held?.lacks === true }, parts);
}

/** Nothing goes out before then. `lacks`: for want of a sign-in. */
interface Held {
  readonly lacks: boolean;
  readonly until: Time;
}

/**
 * Others decided, perhaps long after the requester signed in: whether that still holds is asked of Entra, once. While
 * nobody can tell, nothing goes out.
 */
async function heldBack({ requester, approvals = [] }: Running, parts: BatchParts): Promise<Held | undefined> {
  if (approvals.length === 0) return undefined;
  const accounts = await parts.defender.accountsOf(requester, { fresh: true });
  if (accounts.ok) return undefined;
  const now = parts.clock.now();
  if (signInMends(accounts.refusal)) return { lacks: true, until: now + MINUTE };
  const retryAt = retryTime(accounts.refusal, now);
  // What lasts is told by each of the scans.
  return retryAt === undefined ? undefined : { lacks: false, until: retryAt };
}

async function settle(batch: Running, seen: Seen, parts: BatchParts): Promise<Outcome> {
  const { stage } = batch;
  const { now, tally, members } = seen;
  const quietSince = isQuiet(tally) ? (stage.quietSince ?? now) : undefined;
  const quietFor = quietSince === undefined ? 0 : now - quietSince;
  if (isAllDone(tally) && (isAllLookedAt(members) || quietFor >= LOOK_WITHIN)) return finish(batch, seen, parts);
  const unseenSince = isLookedFor(tally) ? (stage.unseenSince ?? now) : undefined;
  const isUnseen = unseenSince !== undefined && now - unseenSince >= UNSEEN_WITHIN[stage.content.type];
  const tells = stage.toldAt === undefined && !isAllDone(tally) && (quietFor >= AWAY_WITHIN || isUnseen);
  const asksSignIn = seen.lacksSignIn || tally.counts['sign-in'] > 0;
  const after = {
    ...stage,
    tally,
    quietSince,
    unseenSince,
    asksSignIn,
    ...(seen.stopped && { stopped: seen.stopped }),
  };
  const isChanged = !isDeepStrictEqual(drawnOf(after), drawnOf(stage));
  const lookAt = nextLook(seen, isChanged ? undefined : quietSince);
  const isEarly = now < stage.drawnAt + REDRAW_EVERY && !tells && asksSignIn === (stage.asksSignIn ?? false);
  if (!tells && (!isChanged || isEarly)) {
    return again(isChanged ? Math.min(lookAt, stage.drawnAt + REDRAW_EVERY) : lookAt);
  }
  const told = tells ? { toldAt: now } : {};
  const drawn: BatchRunning = { ...after, ...told, drawnAt: now, lookAt: nextLook(seen, quietSince) };
  const event = { who: 'bot' as const, what: 'progress', at: now, facts: { ...tally.counts } };
  const messages = [
    batchCard(batch),
    ...(asksSignIn && stage.asksSignIn !== true ? signInMessages(batch) : []),
    ...(tells ? [endedNotice(batch), ...csvMessages(batch, stage.scans.length)] : []),
  ];
  await parts.store.commit(batchMove(batch, drawn, event, messages));
  return MOVED;
}

/** What would be drawn otherwise than before, or must not be forgotten. */
function drawnOf({ tally, stopped, asksSignIn = false, quietSince, unseenSince }: BatchRunning): object {
  return { tally, stopped, asksSignIn, isQuiet: quietSince !== undefined, isUnseen: unseenSince !== undefined };
}

function nextLook({ now, next, stopped }: Seen, quietSince: Time | undefined): Time {
  const quiet = quietSince === undefined ? Infinity : Math.max(now + REDRAW_EVERY, quietSince + LOOK_WITHIN);
  const away = quietSince === undefined ? Infinity : Math.max(now + REDRAW_EVERY, quietSince + AWAY_WITHIN);
  const cancels = stopped?.cancels === true ? now + REDRAW_EVERY : Infinity;
  return Math.min(next ?? Infinity, quiet, away, cancels, now + LOOK_EVERY);
}

function signInMessages(batch: Running): readonly Message[] {
  const told = batchNotice(batch, { say: 'batch-sign-in', batch: batch.id });
  return [{ ...told, id: `${told.id}:${batch.rev}` }, batchSignIn(batch)];
}

/** The end of all of them: told once. Whoever was told before hears only of what is new. */
async function finish(batch: Running, { now, tally }: Seen, parts: BatchParts): Promise<Outcome> {
  const { scans, leftOut, content, by, at: decidedAt, stopped, toldAt } = batch.stage;
  const stage = {
    name: 'over',
    scans,
    leftOut,
    content,
    by,
    decidedAt,
    tally,
    ...(stopped && { stopped }),
    at: now,
  } as const;
  const event = { who: 'bot' as const, what: 'all over', at: now, facts: { ...tally.counts, found: tally.found } };
  const was = batch.stage.tally;
  const isNews = tally.found > was.found || tally.needing > was.needing;
  const later = isNews ? [batchNotice(batch, { say: 'batch-later', batch: batch.id })] : [];
  const told = toldAt === undefined ? [endedNotice(batch), ...csvMessages(batch, scans.length)] : later;
  await parts.store.commit(batchMove(batch, stage, event, [batchCard(batch), ...told]));
  return MOVED;
}
