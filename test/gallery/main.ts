/**
 * Draws every card in every state, language and theme: `npm run gallery`. With `-- --accept` it takes the outlines as
 * they are now, with `-- sv dark` it draws only what is named.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { browserHere, openBrowser } from '../browser/browser.ts';
import { GalleryPage } from './gallery-page.ts';
import { writeOutlines } from './outline.ts';
import { onePage } from './one-page.ts';
import { pieces, THEMES } from './piece.ts';

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const FOLDER = fileURLToPath(new URL('../../build/gallery/', import.meta.url));
const ON_A_PICTURE = 12;
const SIZES = {
  desktop: { width: 1560, height: 900, narrow: false },
  phone: { width: 1410, height: 900, narrow: true },
} as const;

if (process.argv.includes('--accept')) writeOutlines();
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
if (browserHere() === undefined) say('No Chromium or Chrome is installed here: no gallery is drawn.');
else await draw(await openBrowser());

async function draw(browser: Browser): Promise<void> {
  try {
    writeFileSync(`${FOLDER}index.html`, await onePage(browser));
    say(`Wrote ${FOLDER}index.html`);
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[])
      say(`Drew ${await pictures(browser, size)} pictures`);
  } finally {
    await browser.close();
  }
}

async function pictures(browser: Browser, size: keyof typeof SIZES): Promise<string> {
  const gallery = await GalleryPage.open(browser, SIZES[size]);
  let count = 0;
  for (const language of chosen([...LANGUAGES.keys()])) {
    for (const theme of chosen(THEMES)) {
      const all = pieces(language, theme);
      for (let from = 0; from < all.length; from += ON_A_PICTURE) {
        await gallery.draws(all.slice(from, from + ON_A_PICTURE));
        const number = String(from / ON_A_PICTURE + 1).padStart(2, '0');
        const path = `${FOLDER}${size}-${language}-${theme}-${number}.png`;
        await gallery.page.screenshot({ path, fullPage: true });
        count += 1;
      }
    }
  }
  await gallery.close();
  return `${count} ${size}`;
}

/** Those that were named on the command line, or all. */
function chosen<Word extends string>(words: readonly Word[]): readonly Word[] {
  const named = words.filter((word) => wanted.includes(word));
  return named.length === 0 ? words : named;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
