import type { ScanType } from '../../scan/device.ts';

export type CommandName = 'scan' | 'status' | 'my-scans' | 'cancel' | 'why' | 'pause' | 'resume' | 'sign-out' | 'help';

type Phrases = readonly string[];

/** The vocabulary of one language: lower-case words and phrases by what they are for. */
export interface Grammar {
  /** Whether blanks separate words; where they do not, a phrase may end anywhere. */
  readonly spaces: boolean;
  /** The first phrase of each is the one that the bot suggests. */
  readonly commands: Readonly<Record<CommandName, Phrases>>;
  readonly types: Readonly<Record<ScanType, Phrases>>;
  /** One word for both the command and the type. */
  readonly scansOfType: Readonly<Record<ScanType, Phrases>>;
  /** What introduces the reason; `afterDevice` only once the device was named. */
  readonly reason: { readonly anywhere: Phrases; readonly afterDevice: Phrases };
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
  | { readonly is: 'article' }
  | { readonly is: 'device-noun' }
  | { readonly is: 'filler' }
  | { readonly is: 'never-device' };

export interface Phrase {
  readonly text: string;
  readonly role: Role;
}

const COMMANDS: readonly CommandName[] = [
  'scan',
  'status',
  'my-scans',
  'cancel',
  'why',
  'pause',
  'resume',
  'sign-out',
  'help',
];
const TYPES: readonly ScanType[] = ['Quick', 'Full'];

export function phrasesOf(grammar: Grammar): readonly Phrase[] {
  return [
    ...commandPhrases(grammar),
    ...TYPES.flatMap((type) => as({ is: 'type', type }, grammar.types[type])),
    ...as({ is: 'reason' }, grammar.reason.anywhere),
    ...as({ is: 'reason-after-device' }, grammar.reason.afterDevice),
    ...as({ is: 'article' }, grammar.articles),
    ...as({ is: 'device-noun' }, grammar.deviceNouns),
    ...as({ is: 'filler' }, grammar.fillers),
    ...as({ is: 'never-device' }, grammar.neverDevices),
  ];
}

function commandPhrases(grammar: Grammar): readonly Phrase[] {
  return [
    ...COMMANDS.flatMap((name) => as({ is: 'command', name, type: undefined }, grammar.commands[name])),
    ...TYPES.flatMap((type) => as({ is: 'command', name: 'scan', type }, grammar.scansOfType[type])),
  ];
}

function as(role: Role, phrases: Phrases): readonly Phrase[] {
  return phrases.map((text) => ({ text, role }));
}
