import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { drawCard } from '../../src/teams/card-templates.ts';
import { countingViews } from '../gallery/counting-views.ts';
import { HOSTILE, lookOf } from '../chat/cards/requests.ts';

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

for (const detail of ['minimal', 'full'] as const)
  describe(`a card that counts, in ${detail} detail`, () => {
    const look = lookOf(detail);
    const views = Object.entries(countingViews(look, 'laptop'));
    const all = [...views, ...Object.entries(countingViews(look, NASTY))];

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
      const card = drawCard(countingViews(look, 'laptop')['report']!) as { body?: { type: string }[] };
      const text = JSON.stringify(card.body?.filter(({ type }) => type === 'Table'));
      assert.match(text, /Completed[^]*150/);
      assert.equal(text.includes('laptop'), detail === 'full');
    });
  });
