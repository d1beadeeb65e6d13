import { words } from '../language.ts';
import { LANGUAGES, spokenLanguage } from '../languages.ts';

const NUMBER = /^[ \t]*(?:[#:：][ \t]*)?([^\s#:：]\S*)$/;

/** `alert 3212` and nothing else becomes a sentence, in the language it was said in. Other reasons stay word for word. */
export function commentFrom(reason: string, locale: string): string {
  const own = spokenLanguage(locale);
  for (const language of [own, ...[...LANGUAGES.keys()].filter((other) => other !== own)]) {
    const alert = alertIn(reason, language);
    if (alert !== undefined) return words(language).t('comment.alert', { alert });
  }
  return reason;
}

function alertIn(reason: string, language: string): string | undefined {
  const grammar = LANGUAGES.get(language)?.grammar;
  const lower = reason.toLowerCase();
  const word = grammar?.alert.find((one) => lower.startsWith(one));
  if (grammar === undefined || word === undefined) return undefined;
  const rest = reason.slice(word.length);
  return grammar.spaces && !/^[ \t]/.test(rest) ? undefined : NUMBER.exec(rest)?.[1];
}
