import type { BatchId, RequestId } from '../../scan/ids.ts';
import type { Notice } from '../../scan/notice.ts';
import type { Refusal } from '../../scan/refusal.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Pen } from '../cards/pen.ts';
import { noScanWords } from '../cards/no-scan-words.ts';
import { refusalWords } from '../cards/refusal-words.ts';
import { approvalAskedLines, approvalGivenLines } from './approval-lines.ts';
import { languageNames } from './chosen-language.ts';
import { pressLines } from './press-lines.ts';
import {
  acceptedLines,
  confirmedLines,
  askedAlreadyLines,
  endedLines,
  foundLaterLines,
  movedHereLines,
  noAlertsLines,
  queueOverLines,
  signInToFollowLines,
  startedLines,
} from './request-lines.ts';
import { ruleLines } from './rule-lines.ts';
import { noPlanLines, scheduleLines } from './schedule-lines.ts';
import { signInFailedLine } from './sign-in-failed.ts';

/** Notices that are drawn as a card. */
export type CardNotice = Extract<
  Notice,
  { say: 'help' | 'welcome' | 'which-one' | 'status' | 'my-scans' | 'schedules' | 'history' | 'report' | 'report-csv' }
>;
/** Notices about a request for many, which is at hand when they are said. */
type AboutMany = Extract<Notice, { readonly batch: BatchId }>;
export type RequestNotice = Extract<Notice, { readonly request: RequestId }>;
/** Notices that are said in a few lines. */
export type LineNotice = Exclude<Notice, CardNotice | AboutMany>;

/** What happened comes first, the next step after it. */
export function noticeLines(notice: LineNotice, pen: Pen, request: ScanRequest | undefined): readonly string[] {
  if ('request' in notice) return request === undefined ? [pen.t('say.gone')] : requestLines(notice, pen, request);
  if (isPersonal(notice)) return personalLines(notice, pen);
  switch (notice.say) {
    case 'not-allowed':
    case 'not-found':
    case 'nobody-to-approve':
    case 'cancel':
      return deviceLines(notice, pen);
    case 'which-time':
    case 'no-such-schedule':
      return noPlanLines(notice, pen);
    case 'which-device':
    case 'slow-down':
      return [pen.t(`say.${notice.say}`)];
    case 'why':
    case 'halt':
    case 'not-paused':
    case 'not-operator':
    case 'operator-unknown':
      return ruleLines(notice, pen);
    case 'no-alerts':
    case 'refused':
    case 'press-refused':
      return refusalLines(notice, pen);
    case 'nothing-to-watch':
    case 'watching-already':
    case 'takes-longer':
    case 'anchor':
    case 'unexpected':
      return detailLines(notice, pen);
  }
}

type DeviceNotice = Extract<LineNotice, { say: 'not-allowed' | 'not-found' | 'nobody-to-approve' | 'cancel' }>;

/** What did not come about, by the device that was named. */
function deviceLines(notice: DeviceNotice, pen: Pen): readonly string[] {
  const { device } = notice;
  switch (notice.say) {
    case 'not-allowed':
      return [pen.t('say.not-allowed', { device }), noScanWords(notice.noScan, pen)];
    case 'not-found':
    case 'nobody-to-approve':
      return [pen.t(`say.${notice.say}`, { device }), pen.t(`state.${notice.say}.next`)];
    case 'cancel':
      return [pen.t(`cancel.${notice.outcome}`, { device }), ...refusedLines(notice.refusal, pen)];
  }
}

type DetailNotice = Extract<
  Notice,
  { say: 'nothing-to-watch' | 'watching-already' | 'takes-longer' | 'anchor' | 'unexpected' }
>;

/** With a time, or with something to be kept or passed on. */
function detailLines(notice: DetailNotice, pen: Pen): readonly string[] {
  switch (notice.say) {
    case 'nothing-to-watch':
    case 'watching-already':
      return [pen.t(`say.${notice.say}`, { device: notice.device })];
    case 'takes-longer':
      return [pen.t('say.takes-longer', { device: notice.device, at: pen.time(notice.until) })];
    case 'anchor':
      return [pen.t('say.anchor', { day: notice.day }), pen.name(notice.anchor)];
    case 'unexpected':
      return [pen.t('say.unexpected', { reference: notice.reference }), pen.t('say.unexpected-next')];
  }
}

type RefusalNotice = Extract<Notice, { say: 'no-alerts' | 'refused' | 'press-refused' }>;

function refusalLines(notice: RefusalNotice, pen: Pen): readonly string[] {
  switch (notice.say) {
    case 'no-alerts':
      return noAlertsLines(notice.refusal, pen);
    case 'refused':
      return refusedLines(notice.refusal, pen);
    case 'press-refused':
      return [pressLine(notice, pen)];
  }
}

/** About the sign-in and the choices of one person. */
const PERSONAL = {
  'signed-in': 1,
  'signed-out': 1,
  'sign-in-failed': 1,
  'wrong-account': 1,
  'sign-in-expired': 1,
  'told-here': 1,
  'told-there': 1,
  'asked-many-already': 1,
  'language-chosen': 1,
  'which-language': 1,
} as const;

type PersonalNotice = Extract<Notice, { say: keyof typeof PERSONAL }>;

function isPersonal(notice: LineNotice): notice is PersonalNotice {
  return Object.hasOwn(PERSONAL, notice.say);
}

function personalLines(notice: PersonalNotice, pen: Pen): readonly string[] {
  switch (notice.say) {
    case 'signed-in':
    case 'signed-out':
    case 'told-here':
    case 'told-there':
    case 'asked-many-already':
      return [pen.t(`say.${notice.say}`)];
    case 'sign-in-failed':
      return [signInFailedLine(notice.code, pen)];
    case 'wrong-account':
    case 'sign-in-expired':
      return [pen.t(`say.${notice.say}`), pen.t(`say.${notice.say}-next`)];
    case 'language-chosen':
      return [pen.t(notice.language === undefined ? 'say.language-automatic' : 'say.language-chosen')];
    case 'which-language':
      return [pen.t('say.which-language', { languages: languageNames(pen.words.language) })];
  }
}

function requestLines(notice: RequestNotice, pen: Pen, request: ScanRequest): readonly string[] {
  switch (notice.say) {
    case 'accepted':
      return acceptedLines(request, pen);
    case 'asked-already':
      return askedAlreadyLines(request, pen);
    case 'moved-here':
      return movedHereLines(request, pen);
    case 'queue-over':
      return queueOverLines(request, pen);
    case 'started':
      return startedLines(request, pen);
    case 'ended':
      return endedLines(request, pen);
    case 'found-later':
      return foundLaterLines(request, pen);
    case 'confirmed':
      return confirmedLines(request, pen);
    case 'sign-in-to-follow':
      return signInToFollowLines(request, pen);
    case 'schedule-stopped':
    case 'schedule-over':
    case 'schedule-sign-in':
    case 'schedule-signed-in':
    case 'schedule-missed':
      return scheduleLines(notice, pen, request);
    case 'approval-given':
      return approvalGivenLines(notice, pen, request);
    case 'approval-asked':
      return approvalAskedLines(notice, pen, request);
  }
}

function refusedLines(refusal: Refusal | undefined, pen: Pen): readonly string[] {
  if (refusal === undefined) return [];
  const { what, next, trace } = refusalWords(refusal, pen);
  return [what, next, trace].filter((line) => line !== '');
}

function pressLine(notice: Extract<Notice, { say: 'press-refused' }>, pen: Pen): string {
  return pressLines(notice.why, pen);
}
