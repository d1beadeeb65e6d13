import type { Notice } from '../../scan/message.ts';
import type { Refusal } from '../../scan/refusal.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Pen } from '../cards/pen.ts';
import { refusalWords } from '../cards/refusal-words.ts';
import { languageNames } from './chosen-language.ts';
import { pressWords } from './press-answer.ts';
import {
  acceptedLines,
  endedLines,
  foundLaterLines,
  noAlertsLines,
  signInToFollowLines,
  startedLines,
} from './request-lines.ts';
import { ruleLines } from './rule-lines.ts';
import { signInFailedLine } from './sign-in-failed.ts';

/** Notices that are drawn as a card. */
export type CardNotice = Extract<Notice, { say: 'help' | 'welcome' | 'which-one' | 'status' | 'my-scans' }>;
export type RequestNotice = Extract<
  Notice,
  { say: 'accepted' | 'started' | 'ended' | 'confirmed' | 'found-later' | 'sign-in-to-follow' }
>;
/** Notices that are said in a few lines. */
export type LineNotice = Exclude<Notice, CardNotice>;

/** What happened comes first, the next step after it. */
export function noticeLines(notice: LineNotice, pen: Pen, request: ScanRequest | undefined): readonly string[] {
  switch (notice.say) {
    case 'accepted':
    case 'started':
    case 'ended':
    case 'confirmed':
    case 'found-later':
    case 'sign-in-to-follow':
      return request === undefined ? [pen.t('say.gone')] : requestLines(notice, pen, request);
    case 'which-device':
    case 'slow-down':
      return [pen.t(`say.${notice.say}`)];
    case 'signed-in':
    case 'signed-out':
    case 'sign-in-failed':
    case 'wrong-account':
    case 'sign-in-expired':
    case 'language-chosen':
    case 'which-language':
      return personalLines(notice, pen);
    case 'not-found':
      return [pen.t('say.not-found', { device: notice.device }), pen.t('state.not-found.next')];
    case 'cancel':
      return [pen.t(`cancel.${notice.outcome}`, { device: notice.device }), ...refusedLines(notice.refusal, pen)];
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
    case 'takes-longer':
    case 'anchor':
    case 'unexpected':
      return detailLines(notice, pen);
  }
}

type DetailNotice = Extract<Notice, { say: 'takes-longer' | 'anchor' | 'unexpected' }>;

/** With a time, or with something to be kept or passed on. */
function detailLines(notice: DetailNotice, pen: Pen): readonly string[] {
  switch (notice.say) {
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

/** About the sign-in and the language of one person. */
type PersonalNotice = Extract<
  Notice,
  {
    say:
      | 'signed-in'
      | 'signed-out'
      | 'sign-in-failed'
      | 'wrong-account'
      | 'sign-in-expired'
      | 'language-chosen'
      | 'which-language';
  }
>;

function personalLines(notice: PersonalNotice, pen: Pen): readonly string[] {
  switch (notice.say) {
    case 'signed-in':
    case 'signed-out':
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
    case 'started':
      return startedLines(request, pen);
    case 'ended':
    case 'confirmed':
      return endedLines(request, pen);
    case 'found-later':
      return foundLaterLines(request, pen);
    case 'sign-in-to-follow':
      return signInToFollowLines(request, pen);
  }
}

function refusedLines(refusal: Refusal | undefined, pen: Pen): readonly string[] {
  if (refusal === undefined) return [];
  const { what, next, trace } = refusalWords(refusal, pen);
  return [what, next, trace].filter((line) => line !== '');
}

function pressLine(notice: Extract<Notice, { say: 'press-refused' }>, pen: Pen): string {
  const { key, values } = pressWords(notice.why);
  return pen.t(key, values);
}
