import type { Refusal } from '../../scan/refusal.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { deviceOf } from '../../scan/scan-request.ts';
import { aboutLine } from '../cards/about-words.ts';
import { deviceLink } from '../cards/device-link.ts';
import { tookOf } from '../cards/ending-words.ts';
import { alertLines, findingsCount, findingsLine } from '../cards/finding-words.ts';
import type { Pen } from '../cards/pen.ts';
import { refusalWords } from '../cards/refusal-words.ts';
import {
  adoptedText,
  foundToast,
  scanPhrase,
  shownComment,
  stateNext,
  stateSummary,
  stateText,
  stateTrace,
} from '../cards/state-words.ts';

export function acceptedLines(request: ScanRequest, pen: Pen): readonly string[] {
  const adopted = adoptedText(request, pen);
  if (adopted !== '') return [stateSummary(request, pen), adopted];
  return [pen.t('say.accepted', {}, { scan: scanPhrase(request, pen) })];
}

export function askedAlreadyLines(request: ScanRequest, pen: Pen): readonly string[] {
  return [pen.t('say.asked-already', {}, { scan: scanPhrase(request, pen) })];
}

export function movedHereLines(request: ScanRequest, pen: Pen): readonly string[] {
  return [pen.t('say.moved-here', {}, { scan: scanPhrase(request, pen) })];
}

/** The scan that was waited for is over. */
export function queueOverLines(request: ScanRequest, pen: Pen): readonly string[] {
  return [pen.t('say.queue-over', {}, { scan: scanPhrase(request, pen) })];
}

export function startedLines(request: ScanRequest, pen: Pen): readonly string[] {
  return [pen.t('say.started', {}, { scan: scanPhrase(request, pen) })];
}

export function signInToFollowLines(request: ScanRequest, pen: Pen): readonly string[] {
  const scan = scanPhrase(request, pen);
  return [pen.t('say.sign-in-to-follow', {}, { scan }), pen.t('say.sign-in-to-follow-next')];
}

/** How a request ended: the result first, so that the toast has it. */
export function endedLines(request: ScanRequest, pen: Pen): readonly string[] {
  return [
    endHead(request, pen),
    pen.words.sentences([stateText(request, pen), ...tookLine(request, pen)]),
    ...commentLine(request, pen),
    aboutLine(request, pen),
    findingsLine(request, pen),
    ...alertLines(request, pen),
    stateNext(request, pen),
    stateTrace(request, pen),
    ...linkLine(request, pen),
  ].filter((line) => line !== '');
}

/** What a toast says of the end. */
export function endToast(request: ScanRequest, pen: Pen): string {
  return foundToast(request, pen) ?? endHead(request, pen);
}

function endHead(request: ScanRequest, pen: Pen): string {
  return [stateSummary(request, pen), findingsCount(request, pen)].filter((part) => part !== '').join(' · ');
}

/** Said when a later look showed alerts that the first one did not. */
export function foundLaterLines(request: ScanRequest, pen: Pen): readonly string[] {
  const scan = scanPhrase(request, pen);
  const head = pen.t('say.found-later', {}, { scan, found: findingsCount(request, pen) });
  const lines = [head, findingsLine(request, pen), ...alertLines(request, pen), ...linkLine(request, pen)];
  return lines.filter((line) => line !== '');
}

/** A missing right is the same for every scan: the words say that they come once. */
export function noAlertsLines(refusal: Refusal, pen: Pen): readonly string[] {
  const { what, next, trace } = refusalWords(refusal, pen);
  return [pen.t('say.no-alerts'), what, next, trace].filter((line) => line !== '');
}

/** The end was seen after its notice had gone out. */
export function confirmedLines(request: ScanRequest, pen: Pen): readonly string[] {
  const lines = [
    endHead(request, pen),
    pen.words.sentences([stateText(request, pen), ...tookLine(request, pen)]),
    findingsLine(request, pen),
    ...alertLines(request, pen),
    stateNext(request, pen),
    ...linkLine(request, pen),
  ];
  return lines.filter((line) => line !== '');
}

function tookLine({ stage }: ScanRequest, pen: Pen): readonly string[] {
  const took = stage.name === 'settled' ? tookOf(stage) : undefined;
  return took === undefined ? [] : [pen.t('say.took', { took: pen.words.duration(took) })];
}

function commentLine(request: ScanRequest, pen: Pen): readonly string[] {
  const comment = shownComment(request, pen) ?? '';
  if (comment.trim() === '') return [];
  return [pen.t('say.comment', { comment })];
}

function linkLine(request: ScanRequest, pen: Pen): readonly string[] {
  const device = deviceOf(request);
  if (device === undefined) return [];
  return [`[${pen.t('button.open')}](${deviceLink(pen.look.portal, device.id)})`];
}
