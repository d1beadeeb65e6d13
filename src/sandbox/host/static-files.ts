import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HttpAnswer, HttpRoute } from '../http.ts';

const PAGE = fileURLToPath(new URL('../page', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** Folders and files as they are called here. */
const NAME = /^[\w.-]+(\/[\w.-]+)*$/;

/** What the page may be made of. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': CSS,
  '.ts': SCRIPT,
  '.js': SCRIPT,
  '.svg': 'image/svg+xml',
};

const VENDORS = {
  'adaptivecards.js': 'adaptivecards/dist/adaptivecards.min.js',
  'markdown-it.js': 'markdown-it/dist/markdown-it.min.js',
};

/** Nothing from elsewhere is loaded, and nobody may put the page into theirs. */
const HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The page, as it lies in its folder, and the two libraries that it uses. */
export function staticFiles(): readonly HttpRoute[] {
  const vendors = Object.entries(VENDORS).map(([name, file]) => ({
    method: 'GET',
    path: `/vendor/${name}`,
    answer: () => fileAnswer(resolve(MODULES, file)),
  }));
  return [
    { method: 'GET', path: '/', answer: () => fileAnswer(resolve(PAGE, 'index.html')) },
    { method: 'GET', path: '/page/*', answer: ({ params }) => pageFile(params['*'] ?? '') },
    ...vendors,
  ];
}

function pageFile(name: string): HttpAnswer | Promise<HttpAnswer> {
  const file = resolve(PAGE, name);
  return NAME.test(name) && file.startsWith(PAGE + sep) ? fileAnswer(file) : missing();
}

async function fileAnswer(file: string): Promise<HttpAnswer> {
  const type = TYPES[extname(file)];
  const text = type === undefined ? undefined : await textOf(file);
  if (type === undefined || text === undefined) return missing();
  return { kind: 'text', status: 200, text, headers: { ...HEADERS, 'content-type': type } };
}

/** Undefined where there is no such file. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return file.endsWith('.ts') ? scriptOf(text) : text;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'EISDIR'))
      return undefined;
    throw fault;
  }
}

/** Node calls this an experiment, once and for everybody to read; nobody here can act on that. */
function scriptOf(text: string): string {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function missing(): HttpAnswer {
  return { kind: 'text', status: 404, text: 'There is no such file.', headers: HEADERS };
}
