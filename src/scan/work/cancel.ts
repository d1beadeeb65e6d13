import { MOST_DEVICES } from '../batch/source.ts';
import { observe } from '../following.ts';
import type { In } from '../moves.ts';
import { dismiss, isIn, refusalFacts } from '../moves.ts';
import type { DefenderScan } from '../defender-scan.ts';
import type { PersonId, Time } from '../ids.ts';
import type { CancelOutcome, Notice } from '../notice.ts';
import type { Errand } from '../errand.ts';
import type { Event } from '../event.ts';
import type { Refusal } from '../refusal.ts';
import { passesByItself, signInMends } from '../refusal.ts';
import type { ScanRequest } from '../scan-request.ts';
import { deviceOf, isOver } from '../scan-request.ts';
import { SECOND } from '../time.ts';
import { isAbout } from './is-about.ts';
import type { WorkParts } from './parts.ts';
import { stopOne } from './schedules.ts';

/** More than the longest list, which may have been asked for since. */
const LOOK_BACK = 2 * MOST_DEVICES;
/** A start is on its way for some seconds: whether there is a scan to cancel is known after that. */
const ON_ITS_WAY = 2 * SECOND;

/** Either there is something to say, or Defender refused and the errand may wait, or it comes too early. */
export type ErrandResult =
  | { readonly said: Notice }
  /** What it led to tells itself. */
  | { readonly done: true }
  | { readonly refusal: Refusal }
  | { readonly early: true; readonly at: Time };

/** Stops a person's own scan: before it is sent without a trace at Defender, afterwards by Defender's own cancel. */
export async function cancelScan(errand: Errand, typed: string, parts: WorkParts): Promise<ErrandResult> {
  const request = await meantRequest(errand, typed, parts);
  if (request === undefined) return cancelNotice(typed, 'nothing-to-cancel');
  const device = deviceOf(request)?.name ?? typed;
  const now = parts.clock.now();
  if (isIn(request, 'submitting')) {
    return now < errand.until ? { early: true, at: now + ON_ITS_WAY } : cancelNotice(device, 'unclear');
  }
  if (isIn(request, 'scheduled')) return stopOne(request, errand, parts);
  if (isIn(request, 'following')) return cancelRunning(request, device, parts);
  const won = await parts.store.commit(dismiss(request, errand.person.id, now));
  // Somebody moved it meanwhile: what it is now decides.
  return won ? cancelNotice(device, 'dismissed') : { early: true, at: now };
}

/** The one whose card was pressed, if it still can be; else what the device's name leads to. */
async function meantRequest(
  { person, what }: Errand,
  typed: string,
  parts: WorkParts,
): Promise<ScanRequest | undefined> {
  const id = 'request' in what ? what.request : undefined;
  if (id === undefined) return openRequest(person.id, typed, parts);
  const request = await parts.store.request(id);
  return request?.requester.id === person.id && !isOver(request) ? request : undefined;
}

/** The newest that the person started themselves, else the newest that follows what ran there already; then a schedule. */
async function openRequest(person: PersonId, typed: string, parts: WorkParts): Promise<ScanRequest | undefined> {
  const recent = await parts.store.requestsOf(person, LOOK_BACK);
  const open = recent.filter((one) => !isOver(one) && isAbout(one, typed));
  const begun = open.filter((one) => !isIn(one, 'scheduled'));
  return begun.find((one) => !isIn(one, 'following') || !one.stage.adopted) ?? begun[0] ?? open[0];
}

/** By Defender's own cancel; before the call it is written down. */
export async function cancelRunning(request: In<'following'>, device: string, parts: WorkParts): Promise<ErrandResult> {
  if (request.stage.adopted) return cancelNotice(device, 'not-yours');
  const { scan } = request.stage;
  await parts.store.commit({ events: [cancelSent(request, parts.clock.now())] });
  const answer = await parts.defender.cancelScan(
    request.requester,
    scan.id,
    parts.settings.cancelComment(request.requester),
  );
  if (!answer.ok) {
    await parts.store.commit({ events: [cancelRefused(request, answer.refusal, parts.clock.now())] });
    if (answer.refusal.kind === 'bad-request') return tooLate(request, answer.refusal, parts);
    if (signInMends(answer.refusal) || passesByItself(answer.refusal)) return { refusal: answer.refusal };
    return cancelNotice(device, 'unclear', answer.refusal);
  }
  return cancelNotice(device, (await isCancelled(request, answer.value, parts)) ? 'cancelled' : 'unclear');
}

/** Perhaps it is an earlier cancellation that came first: one whose answer was lost, for instance. */
async function tooLate(request: In<'following'>, refusal: Refusal, parts: WorkParts): Promise<ErrandResult> {
  const device = request.stage.device.name;
  const reader = { as: 'person', person: request.requester } as const;
  const now = await parts.defender.scan(reader, request.stage.scan.id);
  if (now.ok && (await isCancelled(request, now.value, parts))) return cancelNotice(device, 'cancelled');
  return cancelNotice(device, 'too-late', refusal);
}

async function isCancelled(request: In<'following'>, scan: DefenderScan, parts: WorkParts): Promise<boolean> {
  const write = observe(request, scan, parts.clock.now());
  if (write !== undefined) await parts.store.commit(write);
  return scan.status === 'Cancelled';
}

function cancelSent({ id, requester, stage }: In<'following'>, at: Time): Event {
  return { request: id, at, who: requester.id, what: 'cancel sent to Defender', facts: { action: stage.scan.id } };
}

function cancelRefused({ id, stage }: In<'following'>, refusal: Refusal, at: Time): Event {
  const facts = { action: stage.scan.id, ...refusalFacts(refusal) };
  return { request: id, at, who: 'defender', what: 'cancel not taken', facts };
}

function cancelNotice(device: string, outcome: CancelOutcome, refusal?: Refusal): ErrandResult {
  return { said: { say: 'cancel', device, outcome, refusal } };
}
