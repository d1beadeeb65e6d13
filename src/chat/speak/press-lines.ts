import type { PressRefusal } from '../../scan/message.ts';
import { noScanWords } from '../cards/no-scan-words.ts';
import type { Pen } from '../cards/pen.ts';
import { whoWords } from '../cards/who-words.ts';

/** Why a press changed nothing, and who can decide. */
export function pressLines(why: PressRefusal, pen: Pen): string {
  switch (why.why) {
    case 'not-yours':
      return pen.t('press.not-yours', { requester: why.requester });
    case 'unknown':
    case 'over':
    case 'nobody-to-approve':
      return pen.t(`press.${why.why}`);
    case 'not-allowed':
      return pen.words.sentences([pen.t('press.not-allowed'), noScanWords(why.noScan, pen)]);
    case 'most-devices':
      return pen.t('batch.most', { count: why.most, all: why.all });
    case 'own-request':
    case 'not-approver':
    case 'not-in-thread':
    case 'guest':
    case 'device-not-seen':
    case 'no-access':
    case 'already-approved':
    case 'not-checked':
      return pen.words.sentences([pen.t(`press.${why.why}`), ...whoLine(why.who, pen)]);
  }
}

function whoLine(who: Extract<PressRefusal, { who: unknown }>['who'], pen: Pen): readonly string[] {
  return who.length === 0 ? [] : [pen.t('press.who', {}, { who: whoWords(who, pen) })];
}
