import { words } from '../language.ts';

const ALERT = /^alert[ \t]+(\S+)$/i;

/** `alert 3212` and nothing else becomes a sentence. Every other reason stays word for word. */
export function commentFrom(reason: string, locale: string): string {
  const alert = ALERT.exec(reason)?.[1];
  return alert === undefined ? reason : words(locale).t('comment.alert', { alert });
}
