import type { Weekday } from '../../../scan/schedule/wall-clock.ts';
import type { TypedDay } from '../../../scan/schedule/typed-when.ts';
import { FIRST_LANGUAGE, LANGUAGES } from '../../languages.ts';
import type { WhenGrammar } from './when-grammar.ts';

/** Part of a day: `night` is the evening, and what comes after midnight. */
export type Part = 'morning' | 'evening' | 'night';

/** What a word can mean in a time. */
export type WhenRole =
  | { readonly is: 'at' | 'on' | 'and' | 'to' | 'limit' | 'every' | 'never' | 'unclear' | 'next-week' | 'later' }
  | { readonly is: 'oclock' | 'minute-mark' | 'and-half' | 'half-past' | 'half-to' | 'quarter-past' | 'quarter-to' }
  | {
      readonly is:
        'from-now' | 'after-that' | 'hours' | 'minutes' | 'days' | 'weeks' | 'half-hour' | 'date-mark' | 'an';
    }
  | { readonly is: 'day'; readonly day: TypedDay; readonly part?: Part }
  | { readonly is: 'weekday'; readonly day: Weekday; readonly form: 'full' | 'short' | 'every' }
  | { readonly is: 'weekdays'; readonly days: readonly Weekday[]; readonly part?: Part }
  | { readonly is: 'part'; readonly part: Part }
  | { readonly is: 'clock'; readonly minute: number }
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'number'; readonly number: number };

export interface WhenPhrase {
  readonly text: string;
  readonly role: WhenRole;
  /** Whether its language has blanks between words. */
  readonly spaced: boolean;
}

const ALL_DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const NOON = 12 * 60;

/** The writer's own words and those of the first language; of every other, those that can be nothing else. */
export function whenPhrases(language: string): readonly WhenPhrase[] {
  const others = [...LANGUAGES.keys()].filter((tag) => tag !== language && tag !== FIRST_LANGUAGE);
  const home = [...new Set([language, FIRST_LANGUAGE])];
  return [...home.flatMap((tag) => phrasesOf(tag)), ...others.flatMap((tag) => phrasesOf(tag).filter(isTelling))].sort(
    (one, other) => other.text.length - one.text.length,
  );
}

/** A few letters may be another word elsewhere. */
function isTelling({ text, role, spaced }: WhenPhrase): boolean {
  if (role.is === 'weekday' && role.form === 'short') return false;
  return !spaced || text.length > 3 || role.is === 'at' || role.is === 'oclock';
}

function phrasesOf(tag: string): readonly WhenPhrase[] {
  const file = LANGUAGES.get(tag);
  if (file === undefined) return [];
  const { when, spaces } = file.grammar;
  const as = (role: WhenRole, phrases: readonly string[]): readonly WhenPhrase[] =>
    phrases.map((text) => ({ text, role, spaced: spaces }));
  return [...linksOf(when, as), ...daysOf(when, as), ...hoursOf(when, as), ...spansOf(when, as)];
}

type As = (role: WhenRole, phrases: readonly string[]) => readonly WhenPhrase[];

function linksOf(when: WhenGrammar, as: As): readonly WhenPhrase[] {
  const links = ['at', 'on', 'and', 'to', 'limit', 'every', 'never', 'unclear'] as const;
  return [...links.flatMap((is) => as({ is }, when[is])), ...as({ is: 'next-week' }, when.nextWeek)];
}

function daysOf(when: WhenGrammar, as: As): readonly WhenPhrase[] {
  const ahead = (days: number): TypedDay => ({ is: 'ahead', days });
  const each = (form: 'full' | 'short' | 'every', names: WhenGrammar['days']): readonly WhenPhrase[] =>
    ALL_DAYS.flatMap((day) => as({ is: 'weekday', day, form }, names[day - 1] ?? []));
  return [
    ...as({ is: 'day', day: ahead(0) }, when.today),
    ...as({ is: 'day', day: { is: 'tonight' }, part: 'night' }, when.tonight),
    ...as({ is: 'day', day: ahead(0), part: 'evening' }, when.thisEvening),
    ...as({ is: 'day', day: ahead(1) }, when.tomorrow),
    ...as({ is: 'day', day: ahead(1), part: 'morning' }, when.tomorrowMorning),
    ...as({ is: 'day', day: ahead(1), part: 'evening' }, when.tomorrowEvening),
    ...as({ is: 'day', day: ahead(2) }, when.dayAfterTomorrow),
    ...[...each('full', when.days), ...each('short', when.shortDays), ...each('every', when.everyDays)],
    ...as({ is: 'weekdays', days: ALL_DAYS }, when.daily),
    ...as({ is: 'weekdays', days: ALL_DAYS, part: 'morning' }, when.everyMorning),
    ...as({ is: 'weekdays', days: ALL_DAYS, part: 'evening' }, when.everyEvening),
    ...as({ is: 'weekdays', days: ALL_DAYS, part: 'night' }, when.everyNight),
    ...as({ is: 'weekdays', days: ALL_DAYS.slice(0, 5) }, when.weekdays),
    ...as({ is: 'weekdays', days: ALL_DAYS.slice(5) }, when.weekends),
    ...when.months.flatMap((names, index) => as({ is: 'month', month: index + 1 }, names)),
    ...as({ is: 'date-mark' }, when.dateMark),
  ];
}

function hoursOf(when: WhenGrammar, as: As): readonly WhenPhrase[] {
  return [
    ...(['morning', 'evening', 'night'] as const).flatMap((part) => as({ is: 'part', part }, when[part])),
    ...as({ is: 'clock', minute: NOON }, when.noon),
    ...as({ is: 'clock', minute: 0 }, when.midnight),
    ...as({ is: 'later' }, when.later),
    ...as({ is: 'oclock' }, when.oclock),
    ...as({ is: 'minute-mark' }, when.minuteMark),
    ...as({ is: 'and-half' }, when.andHalf),
    ...as({ is: 'half-past' }, when.halfPast),
    ...as({ is: 'half-to' }, when.halfTo),
    ...as({ is: 'quarter-past' }, when.quarterPast),
    ...as({ is: 'quarter-to' }, when.quarterTo),
    ...when.numbers.flatMap((names, index) => as({ is: 'number', number: index + 1 }, names)),
  ];
}

function spansOf({ fromNow }: WhenGrammar, as: As): readonly WhenPhrase[] {
  return [
    ...as({ is: 'from-now' }, fromNow.before),
    ...as({ is: 'after-that' }, fromNow.after),
    ...as({ is: 'hours' }, fromNow.hours),
    ...as({ is: 'minutes' }, fromNow.minutes),
    ...as({ is: 'days' }, fromNow.days),
    ...as({ is: 'weeks' }, fromNow.weeks),
    ...as({ is: 'half-hour' }, fromNow.halfHour),
    ...as({ is: 'an' }, fromNow.one),
  ];
}
