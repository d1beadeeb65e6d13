import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { FIRST_LANGUAGE, LANGUAGES } from '../../src/chat/languages.ts';
import { pieces } from './piece.ts';

type Json = Readonly<Record<string, unknown>>;

/** What is said of an element besides its text: what it is, and whatever changes its meaning. */
const SAID = ['id', 'style', 'size', 'weight', 'color', 'isSubtle', 'isRequired', 'verb', 'url', 'separator'] as const;
/** Of a longer text the beginning will do. */
const LONGEST = 400;
const FOLDER = new URL('outline/', import.meta.url);

/**
 * Structure and text of every card in a language, in the order of reading: a picture of it that can be compared. What
 * a channel sees is less of the same, and told once.
 */
export function outlineIn(language: string): string {
  return pieces(language, 'light')
    .filter(({ detail }) => detail === 'full' || language === FIRST_LANGUAGE)
    .map(({ name, summary, card }) => [`# ${name}`, `= ${summary}`, ...linesOf(card as Json, '')].join('\n'))
    .join('\n\n')
    .concat('\n');
}

export function acceptedOutline(language: string): string {
  return readFileSync(new URL(`${language}.txt`, FOLDER), 'utf8');
}

export function writeOutlines(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const language of LANGUAGES.keys()) writeFileSync(new URL(`${language}.txt`, FOLDER), outlineIn(language));
}

function linesOf(node: Json, indent: string): readonly string[] {
  const texts = ['text', 'label', 'placeholder', 'title', 'altText', 'errorMessage'].map((name) => node[name]);
  const said = SAID.flatMap((name) => (node[name] === undefined ? [] : [`${name}=${JSON.stringify(node[name])}`]));
  const words = texts
    .filter((text) => typeof text === 'string' && text !== '')
    .join(' | ')
    .slice(0, LONGEST);
  const own = node['type'] === 'AdaptiveCard' ? [] : [`${indent}${[node['type'], ...said].join(' ')}: ${words}`];
  return [...own, ...pairsOf(node, `${indent}  `), ...partsOf(node).flatMap((part) => linesOf(part, `${indent}  `))];
}

function pairsOf(node: Json, indent: string): readonly string[] {
  return ['facts', 'choices'].flatMap((name) =>
    listOf(node[name]).map(({ title, value }) => `${indent}${String(title)} | ${String(value)}`),
  );
}

function partsOf(node: Json): readonly Json[] {
  return ['body', 'items', 'columns', 'rows', 'cells', 'actions'].flatMap((name) => listOf(node[name]));
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
