import type { Browser } from 'playwright-core';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { GalleryPage, textOf } from './gallery-page.ts';
import { everyPiece, THEMES } from './piece.ts';

const STYLES = ['../../src/sandbox/page/style/tokens.css', '../../src/sandbox/page/style/card.css', 'page/gallery.css'];

/** The whole gallery as one file that needs nothing else: drawn once, chosen from by its own style alone. */
export async function onePage(browser: Browser): Promise<string> {
  const gallery = await GalleryPage.open(browser, { width: 1560, height: 900, narrow: false });
  await gallery.draws(everyPiece());
  const shelf = await gallery.page.evaluate(() => document.querySelector('.shelf')?.outerHTML ?? '');
  await gallery.close();
  const styles = [...STYLES.map((file) => textOf(new URL(file, import.meta.url))), ...filters()].join('\n');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The cards of Scan Bot</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${styles}</style></head><body><main><h1>The cards of Scan Bot</h1>`,
    choice('language', 'Language', [...LANGUAGES.keys()]),
    choice('theme', 'Theme', THEMES),
    `${shelf}</main></body></html>`,
  ].join('\n');
}

/** Whatever was not chosen is not shown. */
function filters(): readonly string[] {
  const hides = (name: string, mark: string) => (value: string) =>
    `body:has([name='${name}'][value='${value}']:checked) .piece:not([data-${mark}='${value}']) { display: none; }`;
  return [...[...LANGUAGES.keys()].map(hides('language', 'language')), ...THEMES.map(hides('theme', 'look'))];
}

function choice(name: string, title: string, values: readonly string[]): string {
  const radios = values.map((value, index) => {
    const checked = index === 0 ? ' checked' : '';
    return `<label><input type="radio" name="${name}" value="${value}"${checked}> ${value}</label>`;
  });
  return `<fieldset><legend>${title}</legend>${radios.join('')}</fieldset>`;
}
