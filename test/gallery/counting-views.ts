import type { CardView } from '../../src/chat/cards/card-view.ts';
import { csvCard } from '../../src/chat/cards/csv-card.ts';
import { historyCard } from '../../src/chat/cards/history-card.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import { reportCard } from '../../src/chat/cards/report-card.ts';
import type { CsvRow } from '../../src/scan/notice.ts';
import type { ReportRow } from '../../src/scan/report.ts';
import { reportOf } from '../../src/scan/report.ts';
import { HOUR } from '../../src/scan/time.ts';
import { batchCsvView } from './batch-views.ts';
import { LAPTOP, NOON, scanAs } from '../chat/cards/requests.ts';

function rowsOf(name: string): readonly CsvRow[] {
  return Array.from({ length: 300 }, (_, nth) => ({
    request: `r${nth}` as ReportRow['request'],
    person: `p${nth % 12}` as ReportRow['person'],
    name,
    askedAt: NOON,
    approvedAt: NOON,
    outcome: nth % 2 === 0 ? 'completed' : 'not-run-TimeOut',
    type: 'Full',
    device: `${name}${nth % 15}`,
    startedAt: NOON,
    took: HOUR,
    found: 1,
  }));
}

/** Cards that count, with devices and people of this name: their charts and tables are more than a card of 1.5 has. */
export function countingViews(look: Look, name: string): Readonly<Record<string, CardView>> {
  const frame = {
    span: '7d',
    since: NOON - HOUR,
    until: NOON,
    of: 'everybody',
    cut: true,
    nameOf: () => name,
  } as const;
  const past = { scan: scanAs('Succeeded', { requester: name }), outcome: 'completed', took: HOUR, found: 2 } as const;
  return {
    report: reportCard(reportOf(rowsOf(name), frame), look),
    'report of nothing': reportCard(reportOf([], { ...frame, of: 'own', cut: false }), look),
    csv: csvCard(rowsOf(name), 300, look),
    'many as CSV': batchCsvView(look, name),
    history: historyCard(
      { ...LAPTOP, name },
      Array.from({ length: 20 }, () => past),
      look,
    ),
    'history of nothing': historyCard(LAPTOP, [], look),
  };
}
