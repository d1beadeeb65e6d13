import type { Notice } from '../../scan/notice.ts';
import type { Pen } from '../cards/pen.ts';
import { haltLine } from './rule-words.ts';
import { whyLines } from './why-lines.ts';

/** About the organisation's rules, and whoever may stop everything. */
export type RuleNotice = Extract<Notice, { say: 'why' | 'halt' | 'not-paused' | 'not-operator' | 'operator-unknown' }>;

export function ruleLines(notice: RuleNotice, pen: Pen): readonly string[] {
  switch (notice.say) {
    case 'why':
      return whyLines(notice, pen);
    case 'halt':
      return [haltLine(notice.halt, pen)];
    case 'not-operator':
      return [notOperatorLine(notice, pen)];
    case 'not-paused':
    case 'operator-unknown':
      return [pen.t(`say.${notice.say}`)];
  }
}

function notOperatorLine({ names, more }: Extract<Notice, { say: 'not-operator' }>, pen: Pen): string {
  if (names.length === 0 && more === 0) return pen.t('say.no-operators');
  const others = more === 0 ? [] : [pen.t('say.operators-more', { count: more })];
  const who = pen.words.list([...names.map((name) => pen.name(name)), ...others]);
  return pen.t('say.not-operator', {}, { who });
}
