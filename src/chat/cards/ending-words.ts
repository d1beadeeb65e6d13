import type { DefenderScan } from '../../scan/defender-scan.ts';
import type { Confirmed } from '../../scan/ending.ts';
import type { Estimate } from '../../scan/estimate.ts';
import { endingOf, estimateOf } from '../../scan/ending-of.ts';
import { contentOf, deviceOf, scanOf } from '../../scan/scan-request.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Settled } from '../../scan/stage.ts';
import { DAY } from '../../scan/time.ts';
import type { Values, WordKey } from '../language.ts';
import type { Fact } from './card-view.ts';
import { fact, factIfSaid } from './facts.ts';
import type { Pen } from './pen.ts';

/** As long Defender keeps a scan for a device that is away; some minutes more have been seen. */
const DEFENDER_WAITS = 3 * DAY;

/** What the sentences about a scan under way, and about its end, are filled with. */
export function endingValues(request: ScanRequest, pen: Pen): Values {
  const scan = scanOf(request);
  const { stage } = request;
  const since = scan === undefined ? '' : pen.time(scan.createdAt);
  const giveUp = scan === undefined ? '' : pen.day(scan.createdAt + DEFENDER_WAITS);
  if (stage.name !== 'settled') return { since, giveUp, ended: '' };
  const ending = endingOf(stage);
  switch (ending.is) {
    case 'unconfirmed':
      return { since, giveUp: pen.day(ending.until), ended: '' };
    case 'confirmed':
      return { since, giveUp, ended: pen.time(ending.at) };
    case 'never-confirmed':
    case 'did-not-run':
      return { since, giveUp, ended: pen.time(scan?.updatedAt ?? stage.at) };
  }
}

/** What follows the sentence about the state: who says so, and what the code means. */
export function endingDetail({ stage }: ScanRequest, pen: Pen): readonly string[] {
  if (stage.name !== 'settled') return [];
  const ending = endingOf(stage);
  if (ending.is === 'confirmed') return [...sourceWords(ending, pen), ...codeWords(ending.errorCode, pen)];
  return codeWords(stage.scan.errorCode, pen);
}

function sourceWords({ by, sure }: Confirmed, pen: Pen): readonly string[] {
  const source = pen.t(by === 'hunting' ? 'ending.by-events' : 'ending.by-record');
  return sure ? [source] : [source, pen.t('ending.maybe-other')];
}

/** Codes that Microsoft documents. */
const MEANINGS: ReadonlyMap<string, WordKey> = new Map<string, WordKey>([
  ['0x80004004', 'error-code.aborted'],
  ['0x80004005', 'error-code.unspecified'],
  ['0x80070005', 'error-code.access-denied'],
  ['0x80190198', 'error-code.no-answer'],
  ['0x80508007', 'error-code.no-memory'],
  ['0x80508020', 'error-code.configuration'],
  ['0x80508023', 'error-code.threat-gone'],
  ['0x80508024', 'error-code.full-scan-needed'],
]);

function codeWords(code: string, pen: Pen): readonly string[] {
  const meaning = MEANINGS.get(code.toLowerCase());
  return meaning === undefined ? [] : [pen.t('ending.code', { code }, { meaning: pen.t(meaning) })];
}

/** How long it may take, as long as that is worth knowing: from the device's own history, else from its like. */
export function estimateWords(request: ScanRequest, pen: Pen): readonly string[] {
  const estimate = estimateOf(request);
  const type = scanOf(request)?.type ?? contentOf(request)?.type;
  if (estimate === undefined || type === undefined) return [];
  const { of, count: times } = estimate;
  const values = { times, os: deviceOf(request)?.os ?? '', kind: pen.words.t(`kind.${type}`), ...range(estimate, pen) };
  return [pen.t(of === 'device' ? 'estimate.device' : 'estimate.os', values)];
}

function range({ shortest, longest }: Estimate, pen: Pen): { readonly range: string } {
  const [least, most] = [pen.words.duration(shortest), pen.words.duration(longest)];
  return { range: least === most ? least : pen.words.t('estimate.range', { least, most }) };
}

/** The times of a scan that Defender has a last word on. */
export function endFacts(pen: Pen, stage: Settled): readonly Fact[] {
  const ending = endingOf(stage);
  const submitted = fact(pen, 'submitted', pen.time(stage.scan.createdAt));
  switch (ending.is) {
    case 'unconfirmed':
    case 'never-confirmed':
      return [submitted, fact(pen, 'accepted', pen.time(stage.scan.updatedAt))];
    case 'confirmed':
      return [submitted, ...endedFacts(pen, ending.at, tookOf(stage)), ...factIfSaid(pen, 'error', ending.errorCode)];
    case 'did-not-run':
      return [submitted, fact(pen, 'ended', pen.time(stage.scan.updatedAt)), ...errorFact(pen, stage.scan)];
  }
}

function endedFacts(pen: Pen, at: number, took: number | undefined): readonly Fact[] {
  const ended = fact(pen, 'ended', pen.time(at));
  return took === undefined ? [ended] : [ended, fact(pen, 'took', pen.words.duration(took))];
}

function errorFact(pen: Pen, scan: DefenderScan): readonly Fact[] {
  return factIfSaid(pen, 'error', scan.errorCode);
}

/** From the device taking the scan to its end; undefined where no end was seen. */
export function tookOf(stage: Settled): number | undefined {
  const ending = endingOf(stage);
  return ending.is === 'confirmed' ? Math.max(0, ending.at - ending.from) : undefined;
}
