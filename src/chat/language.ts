import { createInstance } from 'i18next';
import { LRUCache } from 'lru-cache';
import type { Time } from '../scan/ids.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../scan/time.ts';
import type { Person } from '../scan/person.ts';
import { FIRST_LANGUAGE, LANGUAGES, spokenLanguage } from './languages.ts';
import type en from './words/en.json';

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Stem<Key extends string> = Key extends `${infer Start}_${Plural}` ? Start : Key;
type KeysOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Stem<Key> : `${Key}.${KeysOf<Tree[Key]>}`;
}[keyof Tree & string];

/** Every sentence there is: a wrong key does not compile. */
export type WordKey = KeysOf<Omit<typeof en, 'grammar'>>;

export type Values = Readonly<Record<string, string | number>>;

/** When and where somebody reads. */
export interface Reading {
  readonly now: Time;
  /** IANA zone. */
  readonly timeZone: string;
}

export interface Words {
  /** The tag of the language spoken. */
  readonly language: string;
  /** Its two letters, which is all that a card's `lang` may have. */
  readonly letters: string;
  /** Values go in as they are: who shows the sentence makes them safe for the place. */
  readonly t: (key: WordKey, values?: Values) => string;
  /** One after the other, as the language puts them. */
  readonly sentences: (parts: readonly string[]) => string;
  /** `a, b, c`. */
  readonly list: (parts: readonly string[]) => string;
  /** `14:02`, with the date when it is not today. */
  readonly time: (at: Time, reading: Reading) => string;
  /** `Thursday 14:02`, for a time of the days around now. */
  readonly weekday: (at: Time, reading: Reading) => string;
  /** `Mon 23 Nov, 22:00` by the clocks of a zone. */
  readonly moment: (at: Time, timeZone: string) => string;
  /** `20 May 2027`. */
  readonly date: (at: Time, timeZone: string) => string;
  /** `22:00`. */
  readonly clock: (at: Time, timeZone: string) => string;
  /** `Monday`, which is 1. */
  readonly dayName: (day: number) => string;
  /** `2 h 10 min`. */
  readonly duration: (ms: number) => string;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const MOMENT = { weekday: 'short', day: 'numeric', month: 'short', ...CLOCK } as const;
/** Any of them. */
const MONDAY = Date.UTC(2024, 0, 1);

const sentences = createInstance();
await sentences.init({
  fallbackLng: FIRST_LANGUAGE,
  resources: Object.fromEntries([...LANGUAGES].map(([language, file]) => [language, { translation: file }])),
  // A value that was forgotten stays visible, and a test looks for it.
  interpolation: { escapeValue: false },
  missingInterpolationHandler: (_text: string, match: RegExpExecArray) => match[0],
});

/** The locale by which somebody wants to be spoken to: the one they chose, else the one of their client. */
export function localeOf({ language, locale }: Pick<Person, 'language' | 'locale'>): string {
  return language ?? locale;
}

export function words(locale: string): Words {
  return spoken.memo(locale);
}

/** Clients name what locales they like: no more of them are kept in mind. */
const MOST_LOCALES = 200;
const spoken = new LRUCache<string, Words>({ max: MOST_LOCALES, memoMethod: wordsOf });

function wordsOf(locale: string): Words {
  const language = spokenLanguage(locale);
  const region = regionOf(locale, language);
  // Most sentences have no values in them and are the same each time.
  const plain = new Map<WordKey, string>();
  const t = (key: WordKey, values: Values = {}): string => {
    if (Object.keys(values).length > 0) return sentence(language, key, values);
    const said = plain.get(key) ?? sentence(language, key, values);
    plain.set(key, said);
    return said;
  };
  return {
    language,
    letters: baseOf(language),
    t,
    sentences: (parts) => parts.filter((part) => part !== '').reduce((first, second) => joined(t, first, second), ''),
    list: (parts) => new Intl.ListFormat(region, { style: 'narrow' }).format(parts),
    time: (at, reading) => timeWords(region, at, reading),
    weekday: (at, reading) => weekdayWords(region, at, reading),
    moment: (at, timeZone) => written(region, at, { ...MOMENT, timeZone }),
    date: (at, timeZone) => written(region, at, { ...DATE, timeZone }),
    clock: (at, timeZone) => written(region, at, { ...CLOCK, timeZone }),
    dayName: (day) => written(region, MONDAY + (day - 1) * DAY, { weekday: 'long', timeZone: 'UTC' }),
    duration: (ms) => durationWords(t, ms),
  };
}

function sentence(language: string, key: WordKey, values: Values): string {
  const { count } = values;
  return sentences.t(key, { lng: language, replace: values, ...(typeof count === 'number' && { count }) });
}

function joined(t: Words['t'], first: string, second: string): string {
  return first === '' ? second : t('two-sentences', { first, second });
}

/** The reader's own region decides how a date looks, if they read in their own language. */
function regionOf(locale: string, language: string): string {
  const tag = locale.replaceAll('_', '-');
  const known = isAccepted(() => Intl.getCanonicalLocales(tag)) && new Intl.Locale(tag).language === baseOf(language);
  return known ? tag : language;
}

function baseOf(language: string): string {
  return new Intl.Locale(language).language;
}

function timeWords(region: string, at: Time, reading: Reading): string {
  const isKnown = isAccepted(() => written(region, at, { timeZone: reading.timeZone }));
  const timeZone = isKnown ? reading.timeZone : 'UTC';
  const zone = { timeZone, ...(!isKnown && ({ timeZoneName: 'short' } as const)) };
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone } as const;
  const dated = { ...clock, day: 'numeric', month: 'short' } as const;
  if (yearOf(at, timeZone) !== yearOf(reading.now, timeZone)) return written(region, at, { ...dated, year: 'numeric' });
  return written(region, at, dayOf(at, timeZone) === dayOf(reading.now, timeZone) ? clock : dated);
}

function weekdayWords(region: string, at: Time, reading: Reading): string {
  const isKnown = isAccepted(() => written(region, at, { timeZone: reading.timeZone }));
  const zone = isKnown ? { timeZone: reading.timeZone } : ({ timeZone: 'UTC', timeZoneName: 'short' } as const);
  return written(region, at, { weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone });
}

/** Made anew for each time on a card, they cost more than the card itself. */
const formats = new LRUCache<string, Intl.DateTimeFormat, FormatWish>({
  max: 1000,
  memoMethod: (_key, _old, { context: { region, options } }) => new Intl.DateTimeFormat(region, options),
});

interface FormatWish {
  readonly region: string;
  readonly options: Intl.DateTimeFormatOptions;
}

function written(region: string, at: Time, options: Intl.DateTimeFormatOptions): string {
  return formats.memo(JSON.stringify([region, options]), { context: { region, options } }).format(at);
}

function dayOf(at: Time, timeZone: string): string {
  return written('en', at, { dateStyle: 'short', timeZone });
}

function yearOf(at: Time, timeZone: string): string {
  return written('en', at, { year: 'numeric', timeZone });
}

/** What a client says about itself may be anything: Intl throws at what it does not know. */
function isAccepted(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function durationWords(t: Words['t'], ms: number): string {
  const whole = (unit: number, of: number): number => Math.floor(Math.max(0, of) / unit);
  if (ms < MINUTE) return t('duration.seconds', { seconds: whole(SECOND, ms) });
  if (ms < HOUR) return t('duration.minutes', { minutes: whole(MINUTE, ms) });
  if (ms < DAY) return t('duration.hours', { hours: whole(HOUR, ms), minutes: whole(MINUTE, ms % HOUR) });
  return t('duration.days', { days: whole(DAY, ms), hours: whole(HOUR, ms % DAY) });
}
