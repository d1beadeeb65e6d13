import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { FIRST_LANGUAGE, LANGUAGES } from '../../src/chat/languages.ts';
import { describeInBrowser, openBrowser } from '../browser/browser.ts';
import { GalleryPage } from './gallery-page.ts';
import { pieces, THEMES } from './piece.ts';
import type { Piece } from './piece.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESKTOP = { width: 1560, height: 900, narrow: false } as const;
const PHONE = { width: 1410, height: 900, narrow: true } as const;

/** One of each kind of card: the others differ only in their words. */
function oneOfEach(all: readonly Piece[]): readonly Piece[] {
  const kinds = new Map(all.map((piece) => [JSON.stringify(shapeOf(piece.card)), piece]));
  return [...kinds.values()];
}

/** One with each set of elements: in further languages, only the words in them are others. */
function fewOf(all: readonly Piece[]): readonly Piece[] {
  const kinds = new Map(all.map((piece) => [[...elementsIn(piece.card)].sort().join(), piece]));
  return [...kinds.values()];
}

function elementsIn(part: unknown): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null) return new Set();
  const { type, style, color } = part as Readonly<Record<string, unknown>>;
  const own = typeof type === 'string' ? [[type, style, color].join(' ')] : [];
  return new Set([...own, ...Object.values(part).flatMap((one) => [...elementsIn(one)])]);
}

/** A card without its words. */
function shapeOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(shapeOf);
  if (typeof part !== 'object' || part === null) return undefined;
  const { type, style, color } = part as Readonly<Record<string, unknown>>;
  return [type, style, color, ...Object.values(part).map(shapeOf)];
}

describeInBrowser('the gallery', function () {
  this.timeout(400_000);
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const theme of THEMES) {
    for (const language of LANGUAGES.keys()) {
      it(`has nothing serious for axe to find, in ${theme} and ${language}`, async () => {
        const gallery = await GalleryPage.open(browser, DESKTOP);
        const all = pieces(language, theme);
        await gallery.draws(language === FIRST_LANGUAGE ? oneOfEach(all) : fewOf(all));
        assert.deepEqual(await seriousFaults(gallery), []);
        await gallery.close();
      });
    }
  }

  for (const language of LANGUAGES.keys()) {
    it(`fits a phone of 320 pixels, in ${language}`, async () => {
      const gallery = await GalleryPage.open(browser, PHONE);
      await gallery.draws(pieces(language, 'light'));
      assert.deepEqual(await tooWide(gallery), []);
      await gallery.close();
    });
  }
});

async function seriousFaults({ page }: GalleryPage): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** Cards of which something is cut off at the side. */
function tooWide({ page }: GalleryPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.piece')]
      .filter((piece) => {
        const card = piece.querySelector('.card');
        const right = card?.getBoundingClientRect().right ?? 0;
        const parts = [
          ...(card?.querySelectorAll('.ac-textBlock, .ac-factset, .ac-pushButton, input, textarea') ?? []),
        ];
        return parts.some((part) => part.getBoundingClientRect().right > right + 1);
      })
      .map((piece) => piece.dataset['name'] ?? ''),
  );
}
