import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { csvCard } from '../../src/chat/cards/csv-card.ts';
import { historyCard } from '../../src/chat/cards/history-card.ts';
import { reportCard } from '../../src/chat/cards/report-card.ts';
import type { CardView } from '../../src/chat/cards/card-view.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import type { CsvRow } from '../../src/scan/message.ts';
import type { ReportRow } from '../../src/scan/report.ts';
import { reportOf } from '../../src/scan/report.ts';
import { HOUR } from '../../src/scan/time.ts';
import { drawCard } from '../../src/teams/card-templates.ts';
import { HOSTILE, LAPTOP, lookOf, NOON, scanAs } from '../chat/cards/requests.ts';

interface Checker {
  readonly AdaptiveCard: new () => { parse(card: object, context: Problems): void };
  readonly SerializationContext: new (version: unknown) => Problems;
  readonly Versions: { readonly v1_5: unknown };
}
interface Problems {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}
// Its entry point cannot be loaded outside a browser; its bundle can.
const bundle: unknown = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');
const { AdaptiveCard, SerializationContext, Versions } = bundle as Checker;

const NASTY = HOSTILE.join(' ').repeat(20);

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

function viewsFor(look: Look, name: string): Readonly<Record<string, CardView>> {
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
    history: historyCard(
      { ...LAPTOP, name },
      Array.from({ length: 20 }, () => past),
      look,
    ),
    'history of nothing': historyCard(LAPTOP, [], look),
  };
}

for (const detail of ['minimal', 'full'] as const)
  describe(`a card that counts, in ${detail} detail`, () => {
    const look = lookOf(detail);
    const views = Object.entries(viewsFor(look, 'laptop'));
    const all = [...views, ...Object.entries(viewsFor(look, NASTY))];

    it('is a valid Adaptive Card, apart from what Teams alone draws and others drop or replace', () => {
      for (const [name, view] of all) {
        const card = JSON.parse(JSON.stringify(drawCard(view))) as { body: { type: string; fallback?: unknown }[] };
        const body = card.body.flatMap((element) => {
          const isTeams = element.type.startsWith('Chart.') || element.type === 'CodeBlock';
          assert.equal(isTeams, element.fallback !== undefined, element.type);
          if (!isTeams) return [element];
          return element.fallback === 'drop' ? [] : [element.fallback];
        });
        const context = new SerializationContext(Versions.v1_5);
        new AdaptiveCard().parse({ ...card, body }, context);
        const problems = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
        assert.deepEqual(
          problems.filter((problem) => !problem.includes('"lang"')),
          [],
          name,
        );
      }
    });

    it('is small enough, and shows nothing of its template', () => {
      for (const [name, view] of all) {
        const text = JSON.stringify(drawCard(view));
        assert.ok(text.length <= 25 * 1024, `${name}: ${text.length}`);
      }
      for (const [name, view] of views) assert.ok(!JSON.stringify(drawCard(view)).includes('${'), name);
    });

    it('says in tables what the chart shows', () => {
      const card = drawCard(viewsFor(look, 'laptop')['report']!) as { body?: { type: string }[] };
      const text = JSON.stringify(card.body?.filter(({ type }) => type === 'Table'));
      assert.match(text, /Completed[^]*150/);
      assert.equal(text.includes('laptop'), detail === 'full');
    });
  });
