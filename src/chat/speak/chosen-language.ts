import { LANGUAGES, languageName, namedLanguage } from '../languages.ts';

/** The tag of a language that is spoken here, `auto` for the one of the client, or nothing that is known. */
export function chosenLanguage(wanted: string): string | undefined {
  const parts = [wanted, ...wanted.split(/[\s:,.;!?"']+/)].map((part) => part.trim()).filter((part) => part !== '');
  for (const part of parts) {
    if (isAutomatic(part)) return 'auto';
    const tag = namedLanguage(part);
    if (tag !== undefined) return tag;
  }
  return undefined;
}

/** `English, Nederlands, svenska`: each as its own speakers call it. */
export function languageNames(reader: string): string {
  const names = [...LANGUAGES.keys()].map(languageName);
  return new Intl.ListFormat(reader, { type: 'conjunction' }).format(names);
}

function isAutomatic(part: string): boolean {
  return [...LANGUAGES.values()].some(({ grammar }) => grammar.automatic.includes(part.toLowerCase()));
}
