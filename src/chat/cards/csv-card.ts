import type { CsvRow } from '../../scan/notice.ts';
import { withoutHidden } from '../plain-text.ts';
import { csvOf } from '../speak/csv.ts';
import type { CardView } from './card-view.ts';
import type { Look } from './look.ts';
import { cardPen, plainPen } from './pen.ts';

/** A report as text to be copied: in channels bots cannot hand over files, and in some clouds nowhere. */
export function csvCard(rows: readonly CsvRow[], count: number, look: Look): CardView {
  const pen = cardPen(look);
  const isShared = look.detail !== 'full';
  const { text, rows: shown } = isShared ? { text: '', rows: 0 } : csvOf(rows);
  const summary = plainPen(look).t('report.csv.summary');
  const told = shown < count ? pen.t('report.csv.part', { shown, count }) : pen.t('report.csv.whole', { count });
  const data = {
    language: pen.words.language,
    fallback: summary,
    heading: pen.t('report.csv.heading'),
    color: 'default' as const,
    text: isShared ? pen.t('report.csv.shared') : told,
    csv: withoutHidden(text),
    next: isShared ? '' : pen.t('report.csv.next'),
  };
  return { template: 'csv', data, summary };
}
