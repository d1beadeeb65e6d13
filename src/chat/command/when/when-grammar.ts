type Phrases = readonly string[];
/** Monday first. */
type OfEachDay = readonly [Phrases, Phrases, Phrases, Phrases, Phrases, Phrases, Phrases];

/** The words for times of one language, in lower case. Digits need none. */
export interface WhenGrammar {
  /** Before an hour. */
  readonly at: Phrases;
  /** Before a day, or before an hour. */
  readonly on: Phrases;
  readonly and: Phrases;
  /** Between two days: those between them as well. */
  readonly to: Phrases;
  /** Before an hour, and then it is not the hour itself. */
  readonly limit: Phrases;
  readonly every: Phrases;
  readonly nextWeek: Phrases;
  readonly today: Phrases;
  readonly tonight: Phrases;
  readonly thisEvening: Phrases;
  /** Not now, but no hour: `after work`. */
  readonly later: Phrases;
  readonly tomorrow: Phrases;
  readonly tomorrowMorning: Phrases;
  readonly tomorrowEvening: Phrases;
  readonly dayAfterTomorrow: Phrases;
  readonly days: OfEachDay;
  /** Too short to mean a day by themselves. */
  readonly shortDays: OfEachDay;
  /** `mondays`. */
  readonly everyDays: OfEachDay;
  readonly daily: Phrases;
  readonly everyMorning: Phrases;
  readonly everyEvening: Phrases;
  readonly everyNight: Phrases;
  readonly weekdays: Phrases;
  readonly weekends: Phrases;
  readonly morning: Phrases;
  readonly evening: Phrases;
  readonly night: Phrases;
  readonly noon: Phrases;
  readonly midnight: Phrases;
  /** After the number of an hour. */
  readonly oclock: Phrases;
  /** After the number of a minute. */
  readonly minuteMark: Phrases;
  /** After the hour: half of the next one is over. */
  readonly andHalf: Phrases;
  readonly halfPast: Phrases;
  /** `half tien`, `halv tio`: an hour that is half over. */
  readonly halfTo: Phrases;
  readonly quarterPast: Phrases;
  readonly quarterTo: Phrases;
  /** January first. */
  readonly months: readonly Phrases[];
  /** After the number of a day: `24th`, `24日`. */
  readonly dateMark: Phrases;
  /** One, two … as far as hours go. */
  readonly numbers: readonly Phrases[];
  readonly fromNow: {
    readonly before: Phrases;
    readonly after: Phrases;
    readonly hours: Phrases;
    readonly minutes: Phrases;
    readonly days: Phrases;
    readonly weeks: Phrases;
    readonly halfHour: Phrases;
    /** `an` hour. */
    readonly one: Phrases;
  };
  /** What is not understood here, so that nobody gets less or more than they meant. */
  readonly unclear: Phrases;
  /** `good morning`: no time at all. */
  readonly never: Phrases;
}
