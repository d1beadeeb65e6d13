import { FIRST_LANGUAGE, LANGUAGES } from '../../src/chat/languages.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The sentences of a language by their keys; plural forms apart. */
export function sentencesOf(language: string): ReadonlyMap<string, string> {
  const sections = Object.entries(LANGUAGES.get(language) ?? {}).filter(([name]) => name !== 'grammar');
  return new Map(leaves(Object.fromEntries(sections), ''));
}

/** Keys without what tells plural forms apart. */
export function stemsOf(language: string): readonly string[] {
  return [...new Set([...sentencesOf(language).keys()].map((key) => key.replace(PLURAL, '')))].sort();
}

/** What a language lacks, has too much, or says with other values than the first: a line each. */
export function wordFaults(language: string): readonly string[] {
  const wanted = wantedKeys(language);
  const said = sentencesOf(language);
  const missing = [...wanted.keys()].filter((key) => !said.has(key)).map((key) => `${key} is missing`);
  const surplus = [...said.keys()].filter((key) => !wanted.has(key)).map((key) => `${key} is in no other language`);
  const unlike = [...said].flatMap(([key, text]) => {
    const original = wanted.get(key);
    if (original === undefined || placeholders(original) === placeholders(text)) return [];
    return [`${key} holds ${placeholders(text)} and not ${placeholders(original)}`];
  });
  return [...missing, ...surplus, ...unlike];
}

/** Every key with its English sentence; of a plural, the forms that this language has. */
function wantedKeys(language: string): ReadonlyMap<string, string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const keys = new Map<string, string>();
  for (const [key, text] of sentencesOf(FIRST_LANGUAGE)) {
    if (!PLURAL.test(key)) keys.set(key, text);
    else if (key.endsWith('_other')) for (const form of forms) keys.set(key.replace(PLURAL, `_${form}`), text);
  }
  return keys;
}

/** A form for one may do without its number. */
function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name).filter((name) => name !== 'count');
  return `{${[...new Set(names)].sort().join(', ')}}`;
}

function leaves(tree: object, prefix: string): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([name, part]: [string, unknown]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    return typeof part === 'string' ? [[key, part] as const] : leaves(part as object, key);
  });
}
