import fc from 'fast-check';
import { LANGUAGES } from '../../../src/chat/languages.ts';
import type { Grammar } from '../../../src/chat/command/grammar.ts';
import type { ScanType } from '../../../src/scan/device.ts';

/** What somebody could type to have a device scanned, and what they mean by it. */
export interface SpokenScan {
  readonly text: string;
  readonly device: string;
  readonly type: ScanType;
  readonly reason: string;
}

const device = fc.stringMatching(/^[a-z]{2,8}-[0-9]{1,4}(?:\.[a-z]{2,6}\.example)?$/).map((name) => `zq${name}`);
const type = fc.constantFrom<ScanType[]>('Quick', 'Full');
/** No edge that trimming or the separator after `because` would take, nor a phrase that goes on there. */
const reason = fc.stringMatching(/^[0-9][A-Za-z0-9 .,:'“”–\n\r\t#*_-]{0,60}[A-Za-z0-9]$/);
const BLANKS = [' ', '  ', '\n', '\u00a0', ' \u200b', '\t', '&nbsp;'];

export function grammarOf(language: string): Grammar {
  const file = LANGUAGES.get(language);
  if (file === undefined) throw new Error(`no language ${language}`);
  return file.grammar;
}

/** With `noise` between the words, unless it is said which: whatever means nothing by itself. */
export function spokenIn(language: string, noise?: readonly string[]): fc.Arbitrary<SpokenScan> {
  const grammar = grammarOf(language);
  const silent = noise ?? [...[...grammar.fillers, ...grammar.articles].filter((word) => !isPart(word, grammar)), ','];
  const between = silent.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...silent), { maxLength: 4 });
  const blank = fc.constantFrom(...BLANKS, ...(grammar.spaces ? [] : ['', '，', '。']));
  return fc.record({ device, type, reason, typeFirst: fc.boolean(), blank }).chain((wanted) =>
    fc
      .tuple(
        said(grammar.commands.scan),
        said(grammar.types[wanted.type]),
        said(grammar.reason.anywhere),
        between,
        between,
        between,
        between,
      )
      .map(([scan, kind, because, ...[one, two, three, four]]) => {
        const order = wanted.typeFirst ? [kind, ...three, wanted.device] : [wanted.device, ...three, kind];
        const words = [...one, scan, ...two, ...order, ...four, because];
        return { ...wanted, text: `${words.join(wanted.blank)} ${wanted.reason}` };
      }),
  );
}

/** `my` before `scans`, `bot` after `scan` and `at` before `one` are more than they are alone. English is understood everywhere. */
function isPart(word: string, grammar: Grammar): boolean {
  return [grammar, grammarOf('en')].some(({ spaces, commands, fillers, articles, neverDevices, reason, when }) => {
    if (wordsIn(when).includes(word)) return true;
    const phrases = [...Object.values(commands), fillers, articles, neverDevices, ...Object.values(reason)].flat();
    const has = (phrase: string): boolean => (spaces ? phrase.split(' ') : phrase).includes(word);
    return phrases.some((phrase) => phrase !== word && has(phrase));
  });
}

function wordsIn(part: unknown): readonly string[] {
  if (typeof part === 'string') return part.split(' ');
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(wordsIn) : [];
}

/** One of the phrases, in small and large letters. */
function said(phrases: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...phrases).chain(anyCase);
}

function anyCase(phrase: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), { minLength: phrase.length, maxLength: phrase.length })
    .map((upper) => Array.from(phrase, (letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));
}
