import type { NoScan } from '../../scan/decision.ts';
import type { Pen } from './pen.ts';
import { unknownWords } from './unknown-words.ts';

/** Why a rule lets no scan start, and what to do about it. */
export function noScanWords(noScan: NoScan, pen: Pen): string {
  switch (noScan.why) {
    case 'policy':
      return policyWords(noScan, pen);
    case 'paused':
      if (noScan.reason.trim() === '') return pen.t('no-scan.paused');
      return pen.t('no-scan.paused-because', {}, { reason: pen.passage(noScan.reason) });
    case 'cool-down':
    case 'too-many':
      return pen.t(`no-scan.${noScan.why}`, { at: pen.time(noScan.until) });
  }
}

/** The rule by its name, its reason as it was written, and what counted because nobody knows it. */
function policyWords({ rule, reason, unknown }: Extract<NoScan, { why: 'policy' }>, pen: Pen): string {
  const denied = pen.t('no-scan.policy', { rule }, { reason: pen.passage(reason) });
  if (unknown.length === 0) return denied;
  return pen.words.sentences([denied, pen.t('no-scan.unknown', {}, { facts: unknownWords(unknown, pen) })]);
}
