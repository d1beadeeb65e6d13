import type { Time } from '../../scan/ids.ts';
import { forMarkdown, forMessage, oneLine, withoutHidden } from '../plain-text.ts';
import type { Values, WordKey, Words } from '../language.ts';
import { localeOf, words } from '../language.ts';
import type { Look } from './look.ts';

/** A name or a word from outside is never longer in a sentence or a fact. */
const LONGEST_VALUE = 200;
/** Of a longer comment the beginning is shown; Defender holds all of it. */
const LONGEST_PASSAGE = 1000;

/** Writes for one reader and one place. Whatever comes from outside is made safe for that place on the way in. */
export interface Pen {
  readonly look: Look;
  readonly words: Words;
  /** `written` holds what this pen wrote already: it goes in as it is. */
  readonly t: (key: WordKey, values?: Values, written?: Values) => string;
  /** A name or a word from outside, on one line. */
  readonly name: (text: string) => string;
  /** A longer text from outside, with its line breaks: its beginning, if it is very long. */
  readonly passage: (text: string) => string;
  readonly time: (at: Time) => string;
  /** With the day of the week: for what lies days ahead. */
  readonly day: (at: Time) => string;
}

/** For text blocks and facts of a card. */
export function cardPen(look: Look): Pen {
  return pen(look, forMarkdown);
}

/** For a message in Teams. */
export function messagePen(look: Look): Pen {
  return pen(look, forMessage);
}

/** For places that show characters as they are: a toast, a card's fallback. */
export function plainPen(look: Look): Pen {
  return pen(look, (text) => text);
}

function pen(look: Look, safe: (text: string) => string): Pen {
  const reading = { now: look.now, timeZone: look.reader.timeZone };
  const spoken = words(look.locale ?? localeOf(look.reader));
  const name = (text: string): string => safe(oneLine(withoutHidden(text), LONGEST_VALUE));
  return {
    look,
    words: spoken,
    t: (key, values = {}, written = {}) => spoken.t(key, { ...mapped(values, name), ...written }),
    name,
    passage: (text) => safe(beginning(withoutHidden(text))).replace(/\n+/g, '\n\n'),
    time: (at) => spoken.time(at, reading),
    day: (at) => spoken.weekday(at, reading),
  };
}

function mapped(values: Values, name: (text: string) => string): Values {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? name(value) : value]));
}

function beginning(text: string): string {
  if (text.length <= LONGEST_PASSAGE) return text;
  return `${text.slice(0, LONGEST_PASSAGE).replace(/[\ud800-\udbff]$/, '')}…`;
}
