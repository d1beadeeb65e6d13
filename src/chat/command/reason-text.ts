import { withoutMentionMarks } from './typed-text.ts';

/** Only what separates the reason from the word that introduces it is taken away. */
export function reasonFrom(typed: string, start: number | undefined): string | undefined {
  const reason = trimmed(withoutMentionMarks(typed.slice(start)));
  const separator = /^[:：,，]/u.test(reason) ? 1 : 0;
  const words = trimmed(reason.slice(separator));
  return words === '' ? undefined : words;
}

/** Trims the zero-width characters, too, that Teams leaves at the ends. */
function trimmed(text: string): string {
  const start = text.search(/[^\s\u200b\u2060\ufeff]/u);
  return start === -1 ? '' : withoutBlankEnd(text.slice(start));
}

function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s\u200b\u2060\ufeff]/u.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
