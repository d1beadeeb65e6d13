import type { PersonId } from '../ids.ts';
import type { Errand } from '../errand.ts';
import { signInMends } from '../refusal.ts';
import type { Report, ReportRow, Span } from '../report.ts';
import { reportOf } from '../report.ts';
import { DAY, HOUR } from '../time.ts';
import type { ErrandResult } from './cancel.ts';
import type { ErrandParts } from './parts.ts';

const LENGTHS: Readonly<Record<Span, number>> = { '24h': 24 * HOUR, '7d': 7 * DAY, '30d': 30 * DAY };
/** More requests are not counted; the report then says so. */
const MOST_ROWS = 20_000;
/** More do not fit into one message of Teams. */
const MOST_CSV_ROWS = 500;

export interface Asked {
  readonly span: Span;
  readonly csv: boolean;
}

/** Counts what was asked for. Everybody's requests are for operators; whoever else asks sees their own. */
export async function report(errand: Errand, asked: Asked, parts: ErrandParts): Promise<ErrandResult> {
  const { person } = errand;
  const standing = await parts.ruleBook.isOperator(person);
  if (standing === 'unknown') {
    const token = await parts.defender.accountsOf(person);
    // Perhaps only their sign-in is missing.
    if (!token.ok && signInMends(token.refusal)) return { refusal: token.refusal };
  }
  const of = OF[standing];
  const until = parts.clock.now();
  const since = until - LENGTHS[asked.span];
  const whose = of === 'everybody' ? undefined : person.id;
  const rows = await parts.store.reports.rows({ since, limit: MOST_ROWS + 1, ...(whose && { person: whose }) });
  const counted = rows.slice(0, MOST_ROWS);
  const names = await namesOf(counted, parts);
  const nameOf = (id: PersonId): string => names.get(id) ?? id;
  const cut = rows.length > MOST_ROWS;
  const said = reportOf(counted, { span: asked.span, since, until, of, cut, nameOf });
  if (!asked.csv) return { said: { say: 'report', report: said } };
  const lines = counted.slice(0, MOST_CSV_ROWS).map((row) => ({ ...row, name: nameOf(row.person) }));
  return { said: { say: 'report-csv', rows: lines, count: said.count } };
}

const OF: Readonly<Record<'yes' | 'no' | 'unknown', Report['of']>> = {
  yes: 'everybody',
  no: 'own',
  unknown: 'own-unsure',
};

/** As Teams named them when they last wrote. */
async function namesOf(rows: readonly ReportRow[], { store }: ErrandParts): Promise<ReadonlyMap<PersonId, string>> {
  const names = new Map<PersonId, string>();
  for (const id of new Set(rows.map(({ person }) => person))) {
    const name = (await store.person(id))?.name ?? '';
    if (name !== '') names.set(id, name);
  }
  return names;
}
