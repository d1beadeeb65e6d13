import { parseArgs } from 'node:util';

export const PARTS = ['turn', 'press', 'follow', 'restart', 'cost'] as const;
export type PartName = (typeof PARTS)[number];

export interface Options {
  readonly only: readonly PartName[];
  /** A Git ref to compare with. */
  readonly against: string | undefined;
  /** Everything once and briefly; nothing is written down. */
  readonly quick: boolean;
  /** Also puts the tables into the README. */
  readonly write: boolean;
}

export const USAGE = `npm run bench [-- --only ${PARTS.join('|')}] [--against REF] [--write] [--quick]`;

/** Undefined when they make no sense. `--only` takes one part, or several with commas. */
export function readOptions(args: readonly string[]): Options | undefined {
  const flag = { type: 'boolean', default: false } as const;
  const word = { type: 'string' } as const;
  try {
    const options = { only: word, against: word, quick: flag, write: flag };
    const { only, against, quick, write } = parseArgs({ args: [...args], options }).values;
    const wanted = only === undefined ? PARTS : only.split(',');
    const parts = PARTS.filter((part) => wanted.includes(part));
    return parts.length === wanted.length ? { only: parts, against, quick, write } : undefined;
  } catch {
    return undefined;
  }
}
