import type { NoScan } from '../../scan/decision.ts';
import type { Pen } from './pen.ts';

/** Why a rule lets no scan start, and what to do about it. */
export function noScanWords(noScan: NoScan, pen: Pen): string {
  switch (noScan.why) {
    case 'policy':
    case 'paused':
      if (noScan.reason.trim() === '') return pen.t(`no-scan.${noScan.why}`);
      return pen.t(`no-scan.${noScan.why}-because`, { reason: noScan.reason });
    case 'cool-down':
    case 'too-many':
      return pen.t(`no-scan.${noScan.why}`, { at: pen.time(noScan.until) });
  }
}
