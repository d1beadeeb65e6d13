import type { Halt } from '../../scan/halt.ts';
import type { Pen } from '../cards/pen.ts';

/** The operators' word, with their reason as they typed it. */
export function haltLine({ is, name, reason }: Halt, pen: Pen): string {
  if (is === 'resumed') return pen.t('say.resumed', { who: name });
  const words = pen.t('say.paused', { who: name });
  return reason.trim() === '' ? words : pen.words.sentences([words, pen.passage(reason)]);
}
