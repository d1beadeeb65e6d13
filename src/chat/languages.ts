import { readdirSync, readFileSync } from 'node:fs';
import type { Grammar } from './command/grammar.ts';

/** What a language file holds: the words that people type, and under every other name the sentences that they read. */
export interface LanguageFile {
  readonly grammar: Grammar;
  readonly [section: string]: unknown;
}

/** Readers of any other language get this one, and it is understood from everybody. */
export const FIRST_LANGUAGE = 'en';

/** By their tags, as the files in words/ are named. A file put there is a language more. */
export const LANGUAGES: ReadonlyMap<string, LanguageFile> = readAll(new URL('words/', import.meta.url));

/** The tag of the language in which a reader with this locale is spoken to. */
export function spokenLanguage(locale: string): string {
  return tagFor(locale) ?? FIRST_LANGUAGE;
}

/** The language meant by `sv`, `svenska`, `Swedish` or `瑞典语`: its tag, if it is spoken here. */
export function namedLanguage(typed: string): string | undefined {
  const wanted = typed.toLowerCase();
  return NAMES.find(([name]) => name === wanted)?.[1] ?? tagFor(typed);
}

/** As its own speakers call it. */
export function languageName(tag: string): string {
  return nameIn(tag, tag) ?? tag;
}

function tagFor(locale: string): string | undefined {
  const wanted = written(locale);
  return wanted === undefined ? undefined : WRITTEN.get(wanted);
}

/** Language and script: `zh-CN` and `zh-SG` are both `zh-Hans`. What a client says about itself may be anything. */
function written(locale: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(locale.replaceAll('_', '-')).maximize();
    return `${language}-${script ?? ''}`;
  } catch {
    return undefined;
  }
}

const WRITTEN: ReadonlyMap<string | undefined, string> = new Map(
  [...LANGUAGES.keys()].map((tag) => [written(tag), tag]),
);

/** Every language in every language, with and without its script. */
const NAMES: readonly (readonly [name: string, tag: string])[] = [...LANGUAGES.keys()].flatMap((tag) =>
  [...LANGUAGES.keys()].flatMap((reader) =>
    [nameIn(reader, tag), nameIn(reader, new Intl.Locale(tag).language)].flatMap((name) =>
      name === undefined ? [] : [[name.toLowerCase(), tag] as const],
    ),
  ),
);

function nameIn(reader: string, tag: string): string | undefined {
  return new Intl.DisplayNames(reader, { type: 'language' }).of(tag);
}

function readAll(folder: URL): ReadonlyMap<string, LanguageFile> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const tags = files.map((name) => name.replace(/\.json$/, '')).sort(firstFirst);
  return new Map(tags.map((tag) => [tag, readOne(new URL(`${tag}.json`, folder))]));
}

function firstFirst(one: string, other: string): number {
  if (one === FIRST_LANGUAGE) return -1;
  return other === FIRST_LANGUAGE ? 1 : one.localeCompare(other, 'en');
}

function readOne(file: URL): LanguageFile {
  return JSON.parse(readFileSync(file, 'utf8')) as LanguageFile;
}
