import { observe } from '../following.ts';
import type { In } from '../moves.ts';
import { dismiss, isIn } from '../moves.ts';
import type { CancelOutcome, Notice } from '../message.ts';
import type { Person } from '../person.ts';
import type { Refusal } from '../refusal.ts';
import { passesByItself, signInMends } from '../refusal.ts';
import type { ScanRequest } from '../scan-request.ts';
import { deviceOf, isOver } from '../scan-request.ts';
import type { WorkParts } from './parts.ts';

const LOOK_BACK = 100;

/** Either there is something to say, or Defender refused and the errand may wait. */
export type ErrandResult = { readonly said: Notice } | { readonly refusal: Refusal };

/** Stops a person's own scan: before it is sent without a trace at Defender, afterwards by Defender's own cancel. */
export async function cancelScan(person: Person, typed: string, parts: WorkParts): Promise<ErrandResult> {
  const recent = await parts.store.requestsOf(person.id, LOOK_BACK);
  const request = recent.find((one) => !isOver(one) && isAbout(one, typed));
  if (request === undefined) return cancelNotice(typed, 'nothing-to-cancel');
  const device = deviceOf(request)?.name ?? typed;
  if (isIn(request, 'submitting')) return cancelNotice(device, 'unclear');
  if (isIn(request, 'following')) return cancelRunning(request, device, parts);
  const won = await parts.store.commit(dismiss(request, person.id, parts.clock.now()));
  return cancelNotice(device, won ? 'dismissed' : 'unclear');
}

async function cancelRunning(request: In<'following'>, device: string, parts: WorkParts): Promise<ErrandResult> {
  if (request.stage.adopted) return cancelNotice(device, 'not-yours');
  const { scan } = request.stage;
  const answer = await parts.defender.cancelScan(request.requester, scan.id, parts.settings.cancelComment);
  if (!answer.ok) {
    if (answer.refusal.kind === 'bad-request') return cancelNotice(device, 'too-late', answer.refusal);
    if (signInMends(answer.refusal) || passesByItself(answer.refusal)) return { refusal: answer.refusal };
    return cancelNotice(device, 'unclear', answer.refusal);
  }
  const write = observe(request, answer.value, parts.clock.now());
  if (write !== undefined) await parts.store.commit(write);
  return cancelNotice(device, answer.value.status === 'Cancelled' ? 'cancelled' : 'unclear');
}

function isAbout(request: ScanRequest, typed: string): boolean {
  const wanted = typed.toLowerCase();
  const device = deviceOf(request);
  if (device === undefined) return request.wanted.device.toLowerCase() === wanted;
  const name = device.name.toLowerCase();
  return device.id === wanted || name === wanted || name.split('.')[0] === wanted;
}

function cancelNotice(device: string, outcome: CancelOutcome, refusal?: Refusal): ErrandResult {
  return { said: { say: 'cancel', device, outcome, refusal } };
}
