import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Piece } from './piece.ts';

const ROOT = new URL('../../', import.meta.url);
const VENDORS: Readonly<Record<string, string>> = {
  '/vendor/adaptivecards.js': 'adaptivecards/dist/adaptivecards.min.js',
  '/vendor/markdown-it.js': 'markdown-it/dist/markdown-it.min.js',
};
const HOST = 'http://gallery.test';
const TYPES = { html: 'text/html', css: 'text/css', ts: 'text/javascript', js: 'text/javascript' } as const;

export interface Window {
  readonly width: number;
  readonly height: number;
  /** Each card as wide as a small phone. */
  readonly narrow: boolean;
}

/** The page on which cards are drawn, by the renderer and the styles of the sandbox; nothing comes over the network. */
export class GalleryPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, { width, height, narrow }: Window): Promise<GalleryPage> {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.route(`${HOST}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const extension = pathname.split('.').at(-1) as keyof typeof TYPES;
      await route.fulfill({ body: fileFor(pathname), contentType: `${TYPES[extension]}; charset=utf-8` });
    });
    await page.goto(`${HOST}/gallery/index.html`);
    await page.waitForFunction(() => 'drawPieces' in globalThis);
    if (narrow) {
      await page.evaluate(() => {
        document.body.classList.add('narrow');
      });
    }
    return new GalleryPage(page);
  }

  async draws(pieces: readonly Piece[]): Promise<void> {
    await this.page.evaluate((list) => {
      (globalThis as unknown as { drawPieces: (all: unknown) => void }).drawPieces(list);
    }, pieces as unknown[]);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

function fileFor(path: string): string {
  const vendor = VENDORS[path];
  if (vendor !== undefined) return readFileSync(createRequire(import.meta.url).resolve(vendor), 'utf8');
  return textOf(new URL(placeOf(path), ROOT));
}

/** The script names its modules by where they lie; here they lie as the sandbox serves them. */
function placeOf(path: string): string {
  if (path.startsWith('/gallery/')) return path.replace('/gallery/', 'test/gallery/page/');
  return path.replace(/^\/(src\/sandbox\/)?page\//, 'src/sandbox/page/');
}

/** What the page is made of, as a browser reads it. */
export function textOf(file: URL): string {
  const text = readFileSync(fileURLToPath(file), 'utf8');
  if (!file.pathname.endsWith('.ts')) return text;
  return stripTypeScriptTypes(text).replaceAll('../../../src/sandbox/page/', '/page/');
}
