import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { contentOf } from '../../src/scan/scan-request.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { Said } from '../ledger/entry.ts';
import type { Ask, Ledger } from '../ledger/ledger.ts';
import { markOf } from './starts.ts';
import type { Evidence, Violation } from './violation.ts';

/** Taken by Teams, whether the bot heard of it or not. */
function stands({ status }: Said): boolean {
  return status === 0 || (status >= 200 && status < 300);
}

/** What was posted in the thread of an ask, oldest first. */
export function postsFor(ask: Ask, ledger: Ledger): readonly Said[] {
  return ledger.said.filter((said) => said.thread === ask.thread && said.how === 'post' && stands(said));
}

/** What people are mentioned for before the end, or long after it. */
const NO_END = /the device is free now|alerts came after|your sign-in has ended/;

export function isFinalNotice({ kind, text }: Said): boolean {
  return kind === 'text' && text.startsWith('<at>') && !NO_END.test(text);
}

/** Every thread got its end: a mention where something was decided, a word where it was not. */
export function everyEndTold({ ledger, left }: Evidence): readonly Violation[] {
  return ledger.asks.flatMap((ask) => {
    const posts = postsFor(ask, ledger);
    const request = left.requests.find((one) => markOf(one) === ask.mark);
    const fault = untold(request, posts);
    return fault === undefined ? [] : [{ rule: 'every end told', what: fault, asks: [ask.mark] }];
  });
}

function untold(request: ScanRequest | undefined, posts: readonly Said[]): string | undefined {
  if (request === undefined) return undefined;
  if (posts.length === 0) return 'nothing was ever said to it';
  const isDecided = contentOf(request) !== undefined;
  return isDecided && !posts.some(isFinalNotice) ? 'its end was not told' : undefined;
}

/** Words repeated after a minute are a second wish: its thread tells two stories, each with the same words. */
function hasOneStory({ requests }: Evidence['left']): (ask: Ask) => boolean {
  const counts = new Map<string | undefined, number>();
  for (const request of requests) counts.set(markOf(request), (counts.get(markOf(request)) ?? 0) + 1);
  return ({ mark }) => (counts.get(mark) ?? 0) <= 1;
}

/** In each thread things are said in the order in which they came about. */
export function inOrder({ ledger, left }: Evidence): readonly Violation[] {
  return ledger.asks.filter(hasOneStory(left)).flatMap((ask) => {
    const posts = postsFor(ask, ledger);
    const first = STEPS.map((isIt) => posts.findIndex(isIt)).filter((index) => index >= 0);
    const sorted = first.toSorted((one, other) => one - other);
    if (first.every((index, nth) => index === sorted[nth])) return [];
    return [{ rule: 'in order', what: 'it was told out of order', asks: [ask.mark] }];
  });
}

const STEPS: readonly ((said: Said) => boolean)[] = [
  ({ kind }) => kind === 'card',
  ({ text }) => text.includes('Defender accepted it'),
  ({ text }) => text.includes('has picked it up'),
  isFinalNotice,
];

export interface Repetitions {
  /** Posts that said what the thread had heard before. */
  readonly all: number;
  /** Those for which nothing was lost and nobody was struck down. */
  readonly unexplained: readonly Said[];
  readonly posts: number;
}

/** How long a message may be on its way, at most. */
const ON_ITS_WAY = 20 * SECOND;

export function repetitions({ ledger, left }: Pick<Evidence, 'ledger' | 'left'>): Repetitions {
  const posts = ledger.asks.filter(hasOneStory(left)).map((ask) => postsFor(ask, ledger));
  const pairs = posts.flatMap((thread) =>
    thread.flatMap((said, index) => {
      const before = thread.slice(0, index).findLast((one) => isSame(one, said));
      return before === undefined ? [] : [{ before, said }];
    }),
  );
  const unexplained = pairs.filter(({ before }) => !isExplained(before, ledger)).map(({ said }) => said);
  return { all: pairs.length, unexplained, posts: posts.flat().length };
}

function isSame(one: Said, other: Said): boolean {
  if (one.kind !== other.kind) return false;
  // A card stands once in a thread, whatever it shows; a time in the words is no other word.
  return one.kind === 'card' || one.text.replaceAll(/\d/g, '') === other.text.replaceAll(/\d/g, '');
}

/** Its answer was lost, or somebody was struck down who may have waited for it. */
function isExplained(said: Said, ledger: Ledger): boolean {
  if (said.status === 0) return true;
  return ledger.blows.some(({ at, how }) => how !== 'starts' && Math.abs(at - said.at) < ON_ITS_WAY);
}

/** Nearly always once: without a reason, as good as never. */
export function nearlyOnce({ ledger, left }: Evidence): readonly Violation[] {
  const { unexplained, posts } = repetitions({ ledger, left });
  if (unexplained.length <= Math.max(2, posts / 200)) return [];
  const asks = unexplained.flatMap(({ thread }) =>
    ledger.asks.filter((ask) => ask.thread === thread).map(({ mark }) => mark),
  );
  return [{ rule: 'nearly once', what: `${unexplained.length} of ${posts} posts were repeated for no reason`, asks }];
}
