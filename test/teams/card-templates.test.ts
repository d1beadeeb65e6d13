import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Device } from '../../src/scan/device.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage } from '../../src/scan/stage.ts';
import type { CardView } from '../../src/chat/cards/card-view.ts';
import { helpCard } from '../../src/chat/cards/help-card.ts';
import { ownScansCard, statusCard, whichCard } from '../../src/chat/cards/list-card.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import { scanCard } from '../../src/chat/cards/scan-card.ts';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { drawCard } from '../../src/teams/card-templates.ts';
import { catalogue } from '../gallery/catalogue.ts';
import { batchViews } from '../gallery/batch-views.ts';
import { withFindings } from '../gallery/with-findings.ts';
import { ALICE, EVERY_STAGE, HOSTILE, LAPTOP, lookOf, NOON, requestIn, scanAs } from '../chat/cards/requests.ts';

/** What is used of the package: its own types bring its sources along, which do not compile under our rules. */
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

const CARDS = resolve(import.meta.dirname, '../../cards');
const DETAILS = ['minimal', 'full'] as const;
const NASTY = HOSTILE.join(' ');
const LONG = NASTY.repeat(40).slice(0, 4000);
const NASTY_DEVICE: Device = { ...LAPTOP, name: LONG, os: LONG, osVersion: NASTY, health: LONG, risk: NASTY };

/** Hostile words wherever somebody outside can put some, and as many of them as fit. */
function hostileViews(look: Look): Readonly<Record<string, CardView>> {
  const own = { device: LONG, type: undefined, stage: LONG, at: NOON };
  const scan = scanAs('Failed', { comment: LONG, requester: LONG, errorCode: NASTY });
  const cards = Object.entries(EVERY_STAGE).map(([name, stage]) => [name, scanCard(nasty(stage), look)] as const);
  return {
    ...Object.fromEntries(cards),
    mend: scanCard(nasty(EVERY_STAGE['proposed']!), look, {
      type: NASTY,
      comment: LONG.repeat(9),
      faults: ['too-long'],
    }),
    found: scanCard(
      withFindings({ title: LONG, severity: LONG, status: LONG, source: LONG, family: LONG, deviceName: LONG }, 7),
      look,
    ),
    ...batchViews(look, LONG),
    guess: helpCard(look, LONG),
    status: statusCard(
      { device: NASTY_DEVICE, scans: Array.from({ length: 30 }, () => scan), missing: ['hunting'] },
      look,
    ),
    'my scans': ownScansCard(
      Array.from({ length: 30 }, () => own),
      look,
    ),
    'which one': whichCard(
      'cancel',
      Array.from({ length: 30 }, () => NASTY_DEVICE),
      look,
    ),
  };
}

function nasty(stage: Stage): ScanRequest {
  const words = { type: 'Full', comment: LONG } as const;
  const changed = { ...stage } as Record<string, unknown>;
  if ('device' in changed) changed['device'] = NASTY_DEVICE;
  if ('content' in changed) changed['content'] = words;
  if ('scan' in changed) changed['scan'] = scanAs('Failed', { comment: LONG, requester: LONG, errorCode: NASTY });
  if ('among' in changed) changed['among'] = Array.from({ length: 30 }, () => NASTY_DEVICE);
  if (stage.name === 'closed' && stage.refusal !== undefined) {
    changed['refusal'] = { ...stage.refusal, code: LONG, target: LONG };
  }
  const requester = { ...ALICE, name: LONG };
  return requestIn(changed as unknown as Stage, { requester, wanted: { device: LONG, ...words } });
}

type Json = Readonly<Record<string, unknown>>;

function nodesOf(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(nodesOf)];
}

function problemsOf(card: object): readonly string[] {
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(card, context);
  const problems = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  // The package looks at `lang` with a regular expression that remembers: it rejects every second card.
  return problems.filter(
    (problem) => !/^Invalid value "[a-z]{2}" for property "lang"\.$/.test(problem) && !isOwn(problem),
  );
}

/** Teams searches while somebody types in cards of any version; everybody else leaves the property out. */
function isOwn(problem: string): boolean {
  return problem.startsWith('Property "choices.data" is supported in version 1.6');
}

/** `${field}` by scope: the top of the view, and each list that the template walks through. */
function fieldsIn(node: unknown, scope: string, found: Map<string, Set<string>>): Map<string, Set<string>> {
  if (typeof node === 'string') for (const name of namesIn(node)) seen(scope, name, found);
  if (Array.isArray(node)) for (const one of node) fieldsIn(one, scope, found);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return found;
  const { $data, ...rest } = node as Json;
  const list = typeof $data === 'string' ? namesIn($data)[0]! : undefined;
  if (list !== undefined) seen(scope, list, found);
  const inner = list === undefined ? scope : [scope, list].filter((name) => name !== '').join('/');
  for (const value of Object.values(rest)) fieldsIn(value, inner, found);
  return found;
}

/** Everything in a list, and in the lists of what is in it. */
function listedAt(from: readonly Json[], scope: string): readonly Json[] {
  const names = scope.split('/').filter((name) => name !== '');
  return names.reduce((all, name) => all.flatMap((one) => one[name] as readonly Json[]), from);
}

function seen(scope: string, name: string, found: Map<string, Set<string>>): void {
  found.set(scope, (found.get(scope) ?? new Set()).add(name));
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, expression = '']) =>
    [...expression.replace(/'[^']*'/g, '').matchAll(/[a-zA-Z]\w*(?!\w*\()/g)].map(([name]) => name),
  );
}

function templateOf(view: CardView): unknown {
  return JSON.parse(readFileSync(resolve(CARDS, `${view.template}.json`), 'utf8')) as unknown;
}

const KINDS = DETAILS.flatMap((detail) => [...LANGUAGES.keys()].map((language) => ({ detail, language })));

for (const { detail, language } of KINDS) {
  describe(`a card drawn in ${detail} detail for readers of ${language}`, () => {
    const views = catalogue(lookOf(detail, { locale: language }));
    const hostile = hostileViews(lookOf(detail, { locale: language }));
    const everything = [...Object.entries(views), ...Object.entries(hostile)];

    it('is a valid Adaptive Card 1.5 in every state', () => {
      for (const [name, view] of everything) assert.deepEqual(problemsOf(drawCard(view)), [], name);
    });

    it('shows nothing of its template', () => {
      for (const [name, view] of Object.entries(views)) assert.ok(!JSON.stringify(drawCard(view)).includes('${'), name);
    });

    it('gives its template exactly the fields that it asks for', () => {
      for (const [name, view] of everything) {
        const asked = fieldsIn(templateOf(view), '', new Map());
        for (const [scope, fields] of asked) {
          const given = listedAt([view.data as unknown as Json], scope);
          for (const one of given) assert.deepEqual(Object.keys(one).sort(), [...fields].sort(), `${name} ${scope}`);
        }
      }
    });

    it('is at most 25 KB, whatever people and devices are called', () => {
      for (const [name, view] of everything) {
        const size = Buffer.byteLength(JSON.stringify(drawCard(view)));
        assert.ok(size <= 25 * 1024, `${name}: ${size}`);
      }
    });

    it('wraps every text, and says a colour in words', () => {
      for (const node of everything.flatMap(([, view]) => nodesOf(drawCard(view)))) {
        if (node['type'] !== 'TextBlock') continue;
        assert.equal(node['wrap'], true);
        if (node['color'] !== undefined) assert.match(String(node['text']), /\p{L}{3}/u);
      }
    });

    it('has one heading, the full width, a language and words for clients that cannot draw it', () => {
      for (const [name, view] of Object.entries(views)) {
        const card = drawCard(view);
        assert.equal(nodesOf(card).filter((node) => node['style'] === 'heading').length, 1, name);
        assert.deepEqual(
          [card['msteams'], card['lang'], card['fallbackText']],
          [{ width: 'Full' }, language.slice(0, 2), view.summary],
        );
        assert.notEqual(view.summary, '', name);
      }
    });

    it('has short button titles, each once', () => {
      for (const [name, view] of Object.entries(views)) {
        const titles = nodesOf(drawCard(view))
          .filter((node) => /^Action\.(Execute|OpenUrl)$/.test(String(node['type'])))
          .map((node) => String(node['title']));
        assert.equal(new Set(titles).size, titles.length, name);
        for (const title of titles) assert.ok(title.length > 0 && title.length <= 20, title);
      }
    });

    it('keeps foreign words from becoming links, mentions, code, headings or another reading direction', () => {
      for (const [name, view] of Object.entries(hostile)) {
        for (const text of markdownOf(drawCard(view))) {
          assert.doesNotMatch(
            text,
            /(?<!\\)\[click|(?<!\\)<at>|(?<!\\)<script|(?<!\\)`|(?<!\\)\*\*|^# /m,
            `${name}: ${text}`,
          );
          assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/, name);
          assert.ok(!text.includes('${'), name);
        }
      }
    });
  });
}

/** The values that a client reads as Markdown. */
function markdownOf(card: object): readonly string[] {
  return nodesOf(card).flatMap((node) => {
    if (node['type'] === 'TextBlock') return [String(node['text'])];
    if (node['type'] === 'FactSet') return (node['facts'] as Json[]).map((fact) => String(fact['value']));
    if (node['type'] === 'Input.ChoiceSet') return (node['choices'] as Json[]).map((choice) => String(choice['title']));
    return [];
  });
}

describe('a card that was filled', () => {
  it('leaves an expression in what people typed as it was typed', () => {
    const request = requestIn(EVERY_STAGE['proposed']!, {
      wanted: { device: 'x', type: 'Full', comment: 'why ${request} and ${1+1}' },
    });
    const input = nodesOf(drawCard(scanCard(request, lookOf('full')))).find((node) => node['id'] === 'comment');
    assert.equal(input?.['value'], 'why ${request} and ${1+1}');
  });
});
