import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const SRC = resolve(import.meta.dirname, '../src');

/** Which rooms a room may import from. Its own is always allowed. Files straight in src/ are rooms of their own name. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  scan: [],
  chat: ['scan'],
  net: ['scan'],
  teams: ['scan', 'chat', 'net'],
  entra: ['scan', 'net'],
  defender: ['scan', 'net'],
  audit: ['scan'],
  store: ['scan', 'audit'],
  config: ['scan', 'log', 'policy', 'chat'],
  log: [],
  trace: [],
  policy: ['scan'],
  app: ['scan', 'chat', 'net', 'teams', 'entra', 'defender', 'store', 'policy', 'config', 'log', 'trace'],
  doctor: ['scan', 'net', 'teams', 'entra', 'defender', 'store', 'config', 'log', 'app'],
  main: ['app', 'config', 'log', 'net'],
  cli: ['scan', 'store', 'policy', 'audit', 'config', 'log', 'doctor', 'net', 'entra', 'defender'],
};

/** Packages that exactly these rooms may know. */
const KNOWN_TO: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(botbuilder|botframework-)/, ['teams']],
  [/^restify/, ['teams']],
  [/^adaptive(cards|-expressions)/, ['teams']],
  [/^@azure\//, ['entra']],
  [/^jose$/, ['entra', 'teams']],
  [/^(kysely|better-sqlite3|pg)$/, ['store']],
  [/^node-fetch$/, ['net']],
  [/^i18next$/, ['chat']],
  [/^pino$/, ['log']],
  [/^prom-client$/, ['app']],
  [/^@opentelemetry\//, ['trace']],
  [/^lru-cache$/, ['chat', 'entra', 'teams']],
];

interface Import {
  readonly file: string;
  readonly room: string;
  readonly from: string;
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** A command line is an edge of the house like main, whichever room it stands in. */
function roomOf(file: string): string {
  if (file.endsWith('/cli.ts')) return 'cli';
  const [first = ''] = relative(SRC, file).split(sep);
  return first.replace(/\.ts$/, '');
}

function imports(): readonly Import[] {
  return files(SRC).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({
      file: relative(SRC, file),
      room: roomOf(file),
      from: match[1] ?? '',
    })),
  );
}

const production = imports().filter(({ room }) => room !== 'sandbox');

describe('the house', () => {
  it('has an import table that names every room', () => {
    assert.deepEqual([...new Set(production.map(({ room }) => room))].sort(), Object.keys(MAY_IMPORT).sort());
  });

  it('lets each room import only from the rooms beside it in the table', () => {
    const wrong = production
      .filter(({ from }) => from.startsWith('.'))
      .map((one) => ({ ...one, to: roomOf(resolve(SRC, dirname(one.file), one.from)) }))
      .filter(({ from }) => !/\/(cards|package)(\/[a-z-]+)?\.json$/.test(from))
      .filter(({ room, to }) => room !== to && !(MAY_IMPORT[room] ?? []).includes(to));
    assert.deepEqual(wrong, []);
  });

  it('is described in the README as it is', () => {
    const rows = readFileSync(resolve(SRC, '../README.md'), 'utf8').matchAll(
      /^\| `src\/(\w+)\/` +\| .+? \| (.+?) +\|$/gm,
    );
    const told = Object.fromEntries([...rows].map(([, room = '', may = '']) => [room, may]));
    const { sandbox, ...others } = told;
    assert.equal(sandbox, 'all');
    const rooms = Object.entries(MAY_IMPORT).filter(([room]) => room !== 'main' && room !== 'cli');
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(others).map(([room, may]) => [room, may === 'nothing' ? [] : may.split(', ').sort()]),
      ),
      Object.fromEntries(rooms.map(([room, may]) => [room, may.toSorted()])),
    );
  });

  it('keeps each package in the room that it belongs to', () => {
    const wrong = production.filter(({ room, from }) =>
      KNOWN_TO.some(([name, rooms]) => name.test(from) && !rooms.includes(room)),
    );
    assert.deepEqual(wrong, []);
  });

  it('never lets production import a stand-in', () => {
    assert.deepEqual(
      production.filter(({ from }) => from.includes('sandbox')),
      [],
    );
  });

  it('lets nothing in src/ import what stands around it', () => {
    const outside = imports().filter(({ from }) => /(^|\/)(test|torture|bench|manifest|infra)\//.test(from));
    assert.deepEqual(outside, []);
  });
});
