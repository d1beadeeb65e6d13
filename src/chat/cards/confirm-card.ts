import { commentFault, LONGEST_COMMENT } from '../../scan/comment.ts';
import type { DefenderScan } from '../../scan/defender-scan.ts';
import { hintsFor, readScanType } from '../../scan/device.ts';
import type { Device } from '../../scan/device.ts';
import type { Entered } from '../../scan/message.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Proposed } from '../../scan/stage.ts';
import type { WordKey } from '../language.ts';
import { aboutFacts, aboutNotes } from './about-words.ts';
import { beforeNotes } from './before-notes.ts';
import type { CardView, ConfirmFields, InputFields, Note } from './card-view.ts';
import { defenderWord } from './defender-word.ts';
import { askedFacts, deviceFacts, fact, systemOf } from './facts.ts';
import type { Look } from './look.ts';
import { ownView } from './own-view.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { oddHourNotes, planFacts } from './plan-words.ts';
import { deviceName, stateHeading, stateSummary } from './state-words.ts';

export interface ProposedRequest {
  readonly request: ScanRequest;
  readonly stage: Proposed;
}

/** Asks for the decision: type, comment, run or dismiss. */
export function confirmCard(proposed: ProposedRequest, look: Look, entered?: Entered): CardView {
  const { request, stage } = proposed;
  const pen = cardPen(look);
  const data: ConfirmFields = {
    ...stateHeading(request, pen),
    device: pen.name(deviceName(request, pen)),
    facts: [...planFacts(request, pen), ...deviceFacts(pen, stage.device), ...aboutFacts(request, pen)],
    notes: [
      ...oddHourNotes(request, pen),
      ...aboutNotes(request, pen),
      ...beforeNotes(stage.device, request.before, pen),
      ...hintNotes(stage.device, pen),
      ...takenNotes(stage, pen),
    ],
    ...inputFields(entered ?? asTyped(request), pen),
    people: [...askedFacts(pen, request), fact(pen, 'until', pen.time(stage.until))],
    run: pen.t(runButton(request, stage)),
    follow: stage.holder === undefined ? '' : pen.t('button.follow'),
    ...nextStep(request, stage, pen),
    dismiss: pen.t('button.dismiss'),
    request: request.id,
    rev: request.rev,
  };
  return { template: 'confirm', data, summary: stateSummary(request, plainPen(look)), ...ownView(request, look) };
}

/** What the press leads to, when it is not that the scan starts. */
function nextStep({ requester, wanted }: ScanRequest, { asks }: Proposed, pen: Pen): { readonly next?: string } {
  const values = { requester: requester.name };
  if (wanted.plan !== undefined) return { next: pen.t(`plan.${asks ?? 'confirm'}-next`, values) };
  return asks === undefined ? {} : { next: pen.t(`approve.${asks}-next`, values) };
}

/** Whether the press starts the scan or asks others depends on the rules. */
function runButton({ wanted }: ScanRequest, { asks, holder }: Proposed): WordKey {
  if (asks === undefined && wanted.plan !== undefined) return 'button.schedule';
  if (asks === undefined) return holder === undefined ? 'button.run' : 'button.run-after';
  return asks === 'approval' ? 'button.send' : 'button.ask';
}

function asTyped({ wanted }: ScanRequest): Entered {
  const comment = wanted.comment ?? '';
  const fault = commentFault(comment);
  const faults = fault === undefined || fault === 'missing' ? [] : [fault];
  return { type: wanted.type ?? 'Quick', comment, faults };
}

export function inputFields(entered: Entered, pen: Pen): InputFields {
  return {
    faults: entered.faults.map((fault) => ({ note: `⚠️ ${pen.t(`fault.${fault}`)}`, noteColor: 'attention' })),
    typeLabel: pen.t('confirm.type'),
    typeMissing: pen.t('confirm.type-missing'),
    quick: pen.t('confirm.quick'),
    full: pen.t('confirm.full'),
    type: readScanType(entered.type) ?? '',
    commentLabel: pen.t('confirm.comment'),
    commentHint: pen.t('confirm.comment-hint'),
    commentMissing: pen.t('confirm.comment-missing'),
    comment: mended(entered.comment),
    longest: LONGEST_COMMENT,
  };
}

/** Takes out what nobody can see and cuts what is too long. Only shown again, with a sentence saying so: never sent. */
function mended(comment: string): string {
  if (commentFault(comment) === undefined) return comment;
  const visible = Array.from(comment.slice(0, 2 * LONGEST_COMMENT)).filter(
    (one) => commentFault(one) !== 'hidden-characters',
  );
  return visible.join('').slice(0, LONGEST_COMMENT);
}

export function hintNotes(device: Device, pen: Pen): readonly Note[] {
  const [health, onboarding] = [device.health, device.onboarding].map((word) => defenderWord(word, pen.words));
  const values = { health: health ?? '', onboarding: onboarding ?? '', os: systemOf(device) };
  return hintsFor(device).map((hint) => ({ note: `⚠️ ${pen.t(`hint.${hint}`, values)}`, noteColor: 'warning' }));
}

/** Another request of ours tells more than what Defender shows of its scan. */
function takenNotes({ busy, holder }: Proposed, pen: Pen): readonly Note[] {
  if (holder === undefined) return busyNotes(busy, pen);
  const note = pen.t(`held.${holder.type ?? 'any'}`, { who: holder.requester });
  return [{ note: `⚠️ ${note}`, noteColor: 'warning' }];
}

export function busyNotes(busy: DefenderScan | undefined, pen: Pen): readonly Note[] {
  if (busy === undefined) return [];
  const who = busy.requester === '' ? pen.words.t('somebody') : busy.requester;
  const note = pen.t(`busy.${busy.type ?? 'any'}`, { who, since: pen.time(busy.createdAt) });
  return [{ note: `⚠️ ${note}`, noteColor: 'warning' }];
}
