import type { Selector } from '../../scan/batch/source.ts';
import type { ScanType } from '../../scan/device.ts';
import type { WhenGrammar } from './when/when-grammar.ts';

export type CommandName =
  | 'scan'
  | 'status'
  | 'my-scans'
  | 'schedule'
  | 'schedules'
  | 'unschedule'
  | 'cancel'
  | 'watch'
  | 'history'
  | 'report'
  | 'why'
  | 'pause'
  | 'resume'
  | 'sign-out'
  | 'language'
  | 'tell-here'
  | 'tell-there'
  | 'help';

type Phrases = readonly string[];

/** The vocabulary of one language: lower-case words and phrases by what they are for. */
export interface Grammar {
  /** Whether blanks separate words; where they do not, a phrase may end anywhere. */
  readonly spaces: boolean;
  /** Whether the device may stand before the command: `kun je FIN-07 scannen`. */
  readonly deviceFirst: boolean;
  /** The first phrase of each is the one that the bot suggests. */
  readonly commands: Readonly<Record<CommandName, Phrases>>;
  readonly types: Readonly<Record<ScanType, Phrases>>;
  /** One word for both the command and the type. */
  readonly scansOfType: Readonly<Record<ScanType, Phrases>>;
  /** What introduces the reason; `afterDevice` only once the device was named. */
  readonly reason: { readonly anywhere: Phrases; readonly afterDevice: Phrases };
  readonly when: WhenGrammar;
  /** What an alert is called, where its number is the whole reason. */
  readonly alert: Phrases;
  /** What stands before a colon where a whole group of devices is named: `tag:finance`. */
  readonly selectors: Readonly<Record<Selector['is'], Phrases>>;
  /** Between the last two of a list. Those that are fillers count; others are words like any. */
  readonly conjunctions: Phrases;
  /** The language of the client instead of one that was chosen. */
  readonly automatic: Phrases;
  /** Before the reason they make a command the contrary of one. */
  readonly negations: Phrases;
  readonly articles: Phrases;
  /** What people call a device; its name only when nothing else can be. */
  readonly deviceNouns: Phrases;
  /** Skipped wherever they stand. */
  readonly fillers: Phrases;
  /** Skipped after the command; before it they make the sentence something else (`is the scan done`). */
  readonly neverDevices: Phrases;
}

export type Role =
  | { readonly is: 'command'; readonly name: CommandName; readonly type: ScanType | undefined }
  | { readonly is: 'type'; readonly type: ScanType }
  | { readonly is: 'reason' }
  | { readonly is: 'reason-after-device' }
  | { readonly is: 'negation' }
  | { readonly is: 'article' }
  | { readonly is: 'device-noun' }
  | { readonly is: 'filler' }
  | { readonly is: 'never-device' };

export interface Phrase {
  readonly text: string;
  readonly role: Role;
  readonly language: string;
  /** Whether its language has blanks between words. */
  readonly spaced: boolean;
}

const COMMANDS: readonly CommandName[] = [
  'scan',
  'status',
  'my-scans',
  'schedule',
  'schedules',
  'unschedule',
  'cancel',
  'watch',
  'history',
  'report',
  'why',
  'pause',
  'resume',
  'sign-out',
  'language',
  'tell-here',
  'tell-there',
  'help',
];
const TYPES: readonly ScanType[] = ['Quick', 'Full'];

/** Everything that can be said in a language. */
export function phrasesOf(grammar: Grammar, language: string): readonly Phrase[] {
  const as = phrasing(grammar, language);
  return [
    ...telling(grammar, language),
    ...as({ is: 'reason-after-device' }, grammar.reason.afterDevice),
    ...as({ is: 'article' }, grammar.articles),
    ...as({ is: 'device-noun' }, grammar.deviceNouns),
    ...as({ is: 'filler' }, grammar.fillers),
    ...as({ is: 'never-device' }, grammar.neverDevices),
  ];
}

/** The phrases that tell a language: no others of it are looked for in a text that is in another. */
export function telling(grammar: Grammar, language: string): readonly Phrase[] {
  const as = phrasing(grammar, language);
  return [
    ...commandPhrases(grammar, language),
    ...TYPES.flatMap((type) => as({ is: 'type', type }, grammar.types[type])),
    ...as({ is: 'reason' }, grammar.reason.anywhere),
    ...as({ is: 'negation' }, grammar.negations),
  ];
}

export function commandPhrases(grammar: Grammar, language: string): readonly Phrase[] {
  const as = phrasing(grammar, language);
  return [
    ...COMMANDS.flatMap((name) => as({ is: 'command', name, type: undefined }, grammar.commands[name])),
    ...TYPES.flatMap((type) => as({ is: 'command', name: 'scan', type }, grammar.scansOfType[type])),
  ];
}

function phrasing({ spaces }: Grammar, language: string): (role: Role, phrases: Phrases) => readonly Phrase[] {
  return (role, phrases) => phrases.map((text) => ({ text, role, language, spaced: spaces }));
}
