import type { MatchingText } from './matching-text.ts';

/** What people put before each line of a list, with one name and no sentence behind it. */
const MARKED = /^ ?((?:[-–—*•·]|\d{1,3}[.)]) )(?:[^\s"]{1,300}|"[^"]{1,300}")[ ,;]{0,9}$/u;
const FEWEST = 2;

export interface Unmarked extends MatchingText {
  /** Where the list begins. */
  readonly firstMark: number;
}

/** The text without the dashes, dots or numbers before the lines of a list; `undefined` where there is none. */
export function withoutListMarks(matching: MatchingText): Unmarked | undefined {
  const marks = markedLines(matching);
  const [first] = marks;
  if (first === undefined || marks.length < FEWEST) return undefined;
  const text = blanked(matching.text, marks);
  return { ...matching, text, lower: blanked(matching.lower, marks), firstMark: first.from };
}

interface Mark {
  readonly from: number;
  readonly to: number;
}

function markedLines({ text, breaks }: MatchingText): readonly Mark[] {
  const ends = [...breaks, text.length].sort((one, other) => one - other);
  return ends.flatMap((to, index) => {
    const from = index === 0 ? 0 : (ends[index - 1] ?? 0);
    const mark = MARKED.exec(text.slice(from, to))?.[1];
    if (mark === undefined) return [];
    const start = text.startsWith(' ', from) ? from + 1 : from;
    return [{ from: start, to: start + mark.length }];
  });
}

/** Every character stays in its place. */
function blanked(text: string, marks: readonly Mark[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { from, to } of marks) {
    pieces.push(text.slice(done, from), ' '.repeat(to - from));
    done = to;
  }
  return pieces.join('') + text.slice(done);
}
