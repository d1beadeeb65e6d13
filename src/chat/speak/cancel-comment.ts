import { words } from '../language.ts';

/** Defender wants a comment with a cancellation, too. */
export function cancelComment(locale: string): string {
  return words(locale).t('comment.cancel');
}
