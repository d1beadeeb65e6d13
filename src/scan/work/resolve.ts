import type { Device } from '../device.ts';
import type { DefenderScan } from '../defender-scan.ts';
import { resultOf } from '../defender-scan.ts';
import type { Halt } from '../halt.ts';
import type { Time } from '../ids.ts';
import type { Message } from '../message.ts';
import type { Write } from '../ports.ts';
import { SECOND } from '../time.ts';
import type { Outcome } from '../outcome.ts';
import type { In } from '../moves.ts';
import { choose, close, needSignIn, noticeMessage } from '../moves.ts';
import { holderOf } from '../queueing.ts';
import type { ScanRequest } from '../scan-request.ts';
import { decideBy } from '../schedule/plan.ts';
import type { Answer, Refusal } from '../refusal.ts';
import { answered, isInvisible, refused, signInMends } from '../refusal.ts';
import { askAgain } from './ask-again.ts';
import { lookBefore } from './look-before.ts';
import { namedAlert } from './named-alert.ts';
import type { WorkParts } from './parts.ts';
import { firstMove } from './first-move.ts';
import { againAt, commit, retryTime } from './parts.ts';
import { noSuchDevice, seek } from './seek-device.ts';

const MOST_HOPS = 3;
/** A shorter wait is over before anybody wonders. */
const WORTH_A_WORD = 10 * SECOND;

/** Looks up the device that was asked for, in the requester's name, and proposes the scan. */
export async function resolveDevice(asked: In<'asked'>, parts: WorkParts): Promise<Outcome> {
  const { requester, wanted } = asked;
  const halt = await parts.store.halt();
  if (halt?.is === 'paused') return commit(parts.store, stopped(asked, halt, parts.clock.now()));
  if (wanted.device === '') return whichDevice(asked, parts);
  const both = [parts.defender.findDevices(requester, wanted.device), namedAlert(asked, parts)] as const;
  const [found, named] = await Promise.all(both);
  if (!found.ok) return notResolved(asked, found.refusal, parts);
  const request = named === undefined ? asked : { ...asked, named };
  const [first, ...others] = found.value;
  const survivor = first && (await survivorOf(first, asked, parts));
  if (survivor?.ok === false) return notResolved(asked, survivor.refusal, parts);
  const device = survivor?.value;
  const now = parts.clock.now();
  if (device === undefined) return noSuchDevice(request, parts);
  const times = { now, until: decideBy(request, now, parts.settings.decideWithin) };
  if (others.length > 0) return commit(parts.store, choose(request, found.value, times));
  // What is true of the device now says little of it then.
  if (wanted.plan !== undefined) {
    return commit(
      parts.store,
      await firstMove(request, { device, busy: undefined, holder: undefined, ...times }, parts),
    );
  }
  const looks = [runningScan(request, device, parts), lookBefore(request, device, parts)] as const;
  const [busy, before] = await Promise.all(looks);
  const holder = await parts.store.holder(device.id);
  return commit(
    parts.store,
    await firstMove({ ...request, before }, { device, busy, holder: holder && holderOf(holder), ...times }, parts),
  );
}

/** Only whoever is signed in can be shown devices to choose from. */
async function whichDevice(asked: In<'asked'>, parts: WorkParts): Promise<Outcome> {
  const accounts = await parts.defender.accountsOf(asked.requester);
  return accounts.ok ? seek(asked, parts) : notResolved(asked, accounts.refusal, parts);
}

/** Rows of one device that Defender has merged lead to the one that is left: a scan of the others reaches nobody. */
export async function survivorOf(
  device: Device,
  { requester }: Pick<ScanRequest, 'requester'>,
  parts: WorkParts,
): Promise<Answer<Device>> {
  let survivor = device;
  for (let hops = 0; survivor.mergedInto !== undefined && hops < MOST_HOPS; hops += 1) {
    const found = await parts.defender.findDevices(requester, survivor.mergedInto);
    if (!found.ok) return found;
    const [next] = found.value;
    if (next === undefined) return refused('not-found');
    survivor = next;
  }
  return answered(survivor);
}

/** Nobody is asked to sign in for what cannot start anyway. */
function stopped(asked: In<'asked'>, { reason }: Halt, now: Time): Write {
  return close(asked, 'not-allowed', now, { noScan: { why: 'paused', reason } });
}

async function notResolved(request: In<'asked'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const late = now >= request.stage.until;
  if (signInMends(refusal)) {
    const { requester: person, thread } = request;
    const { until, waitsForSignIn } = request.stage;
    if (!waitsForSignIn) return commit(parts.store, needSignIn(request, now));
    if (late) return commit(parts.store, close(request, 'sign-in-expired', now));
    return askAgain({ person, thread, until }, parts);
  }
  if (isInvisible(refusal)) return noSuchDevice(request, parts);
  const retryAt = retryTime(refusal, now);
  if (retryAt !== undefined && !late) {
    const isNamed = request.wanted.device !== '';
    if (isNamed && retryAt - now > WORTH_A_WORD)
      await parts.store.commit({ messages: [takesLonger(request, retryAt)] });
    return againAt(retryAt, request.stage.until);
  }
  return commit(parts.store, close(request, 'refused', now, { refusal }));
}

/** Said once: with the same id it is the same message. */
function takesLonger(request: In<'asked'>, retryAt: Time): Message {
  const until = Math.min(retryAt, request.stage.until);
  return noticeMessage(request, { say: 'takes-longer', device: request.wanted.device, until });
}

/** A fact for the card, no condition: when Defender does not say, the card does not either. */
async function runningScan(request: In<'asked'>, device: Device, parts: WorkParts): Promise<DefenderScan | undefined> {
  const scans = await parts.defender.scansOfDevice({ as: 'person', person: request.requester }, device.id);
  return scans.ok ? scans.value.find((scan) => resultOf(scan.status) === undefined) : undefined;
}
