import type { DefenderScan } from '../../scan/defender-scan.ts';
import type { ScanType } from '../../scan/device.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Closed, Stage } from '../../scan/stage.ts';
import { contentOf, deviceOf } from '../../scan/scan-request.ts';
import type { Values } from '../language.ts';
import type { Heading } from './card-view.ts';
import { endingDetail, endingValues, estimateWords } from './ending-words.ts';
import type { Pen } from './pen.ts';
import { plainPen } from './pen.ts';
import { nextText, oddHour } from './plan-words.ts';
import { noScanWords } from './no-scan-words.ts';
import { refusalWords } from './refusal-words.ts';
import { signOf, stateOf } from './scan-state.ts';

/** The device by the name that Defender gives it, else as it was typed, else that none was named. */
export function deviceName(request: ScanRequest, pen: Pen): string {
  const device = deviceOf(request);
  if (device === undefined) return request.wanted.device || pen.words.t('no-device');
  return device.name === '' ? device.id : device.name;
}

/** `Full scan of FIN-LAPTOP-07`. */
export function scanPhrase(request: ScanRequest, pen: Pen): string {
  return pen.t(`scan.${shownType(request) ?? 'any'}`, { device: deviceName(request, pen) });
}

/** Of somebody else's scan, what Defender says; of ours, what was decided, else what was typed. */
export function shownType(request: ScanRequest): ScanType | undefined {
  const adopted = adoptedScan(request);
  return adopted === undefined ? (contentOf(request)?.type ?? request.wanted.type) : adopted.type;
}

/** Of somebody else's scan only where their words may be read. */
export function shownComment(request: ScanRequest, pen: Pen): string | undefined {
  const adopted = adoptedScan(request);
  if (adopted === undefined) return contentOf(request)?.comment ?? request.wanted.comment;
  return pen.look.detail === 'full' ? adopted.comment : undefined;
}

export function adoptedScan(request: ScanRequest): DefenderScan | undefined {
  const { stage } = request;
  const watched = stage.name === 'following' || stage.name === 'settled';
  return watched && stage.adopted ? stage.scan : undefined;
}

/** What stands at the top and at the end of each of a request's cards. */
export function stateHeading(request: ScanRequest, pen: Pen): Heading {
  const state = stateOf(request);
  const { symbol, color } = signOf(state);
  return {
    language: pen.words.letters,
    fallback: stateToast(request, plainPen(pen.look)),
    heading: `${symbol} ${pen.t(`state.${state}.heading`)}`,
    color,
    text: stateText(request, pen),
    next: stateNext(request, pen),
  };
}

/** One sentence that tells the state by itself. */
export function stateSummary(request: ScanRequest, pen: Pen): string {
  return pen.t(`state.${stateOf(request)}.summary`, valuesOf(request, pen), { scan: scanPhrase(request, pen) });
}

/** The same for a toast, where nobody reads on: of a finished scan, what it found. */
export function stateToast(request: ScanRequest, pen: Pen): string {
  return foundToast(request, pen) ?? stateSummary(request, pen);
}

/** Of a scan that ran to its end, once somebody has looked. */
export function foundToast(request: ScanRequest, pen: Pen): string | undefined {
  const { findings } = request;
  if (stateOf(request) !== 'ended-completed' || findings?.are !== 'known') return undefined;
  const scan = scanPhrase(request, pen);
  return findings.count === 0
    ? pen.t('toast.nothing', {}, { scan })
    : pen.t('toast.alerts', { count: findings.count }, { scan });
}

export function stateText(request: ScanRequest, pen: Pen): string {
  const { stage } = request;
  const text = pen.t(`state.${stateOf(request)}.text`, valuesOf(request, pen));
  if (stage.name === 'closed' && stage.refusal !== undefined) {
    const { what } = refusalWords(stage.refusal, pen);
    return stage.why === 'refused' ? what : pen.words.sentences([what, text]);
  }
  const before = [adoptedText(request, pen), declinedText(request, pen), noScanText(request, pen)];
  const odd = stage.name === 'scheduled' ? oddHour(request, pen) : '';
  return pen.words.sentences([...before, text, odd, ...endingDetail(request, pen), ...estimateWords(request, pen)]);
}

function declinedText({ stage }: ScanRequest, pen: Pen): string {
  if (stage.name !== 'closed' || stage.declined === undefined) return '';
  const { by, reason } = stage.declined;
  return pen.t(reason === '' ? 'approve.declined' : 'approve.declined-because', { name: by.name, reason });
}

function noScanText({ stage }: ScanRequest, pen: Pen): string {
  return stage.name === 'closed' && stage.noScan !== undefined ? noScanWords(stage.noScan, pen) : '';
}

/** Whose scan is followed, when it is not this request's own; else empty. */
export function adoptedText(request: ScanRequest, pen: Pen): string {
  const scan = adoptedScan(request);
  if (scan === undefined) return '';
  const who = scan.requester === '' ? pen.words.t('somebody') : scan.requester;
  const values = { who, since: pen.time(scan.createdAt) };
  return pen.t(request.stage.name === 'settled' ? 'adopted-ended' : `adopted.${scan.type ?? 'any'}`, values);
}

export function stateNext(request: ScanRequest, pen: Pen): string {
  const { stage } = request;
  if (stage.name === 'closed' && stage.refusal !== undefined) return refusalWords(stage.refusal, pen).next;
  if (stage.name === 'awaiting' && request.wanted.plan !== undefined) return pen.t('plan.awaiting-next');
  return pen.t(`state.${stateOf(request)}.next`, valuesOf(request, pen));
}

export function stateTrace(request: ScanRequest, pen: Pen): string {
  const { stage } = request;
  if (stage.name !== 'closed') return '';
  const trace = stage.refusal === undefined ? '' : refusalWords(stage.refusal, pen).trace;
  return [trace, referenceText(stage, pen)].filter((part) => part !== '').join(' · ');
}

/** For the log, where the sentence does not name it already. */
function referenceText({ why, reference }: Closed, pen: Pen): string {
  return reference === undefined || why === 'unexpected' ? '' : pen.t('trace.reference', { reference });
}

function valuesOf(request: ScanRequest, pen: Pen): Values {
  const { stage } = request;
  return {
    requester: request.requester.name,
    reference: stage.name === 'closed' ? (stage.reference ?? '') : '',
    ...endingValues(request, pen),
    word: watchedWord(request, pen),
    until: untilWhen(stage, pen),
    nextRun: nextText(request, pen),
    holder: stage.name === 'queued' ? stage.behind.requester : '',
  };
}

function untilWhen(stage: Stage, pen: Pen): string {
  if (stage.name === 'queued') return pen.time(stage.until);
  return stage.name === 'approved' && stage.wait?.for === 'defender' ? pen.time(stage.wait.until) : '';
}

/** Defender's own word for the state. */
function watchedWord({ stage }: ScanRequest, pen: Pen): string {
  const word = stage.name === 'following' || stage.name === 'settled' ? stage.scan.word : '';
  return word === '' ? pen.words.t('fact.not-said') : word;
}
