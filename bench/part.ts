/** One number that was aimed at. */
export interface Goal {
  readonly what: string;
  /** What was measured, as it is to be read. */
  readonly is: string;
  readonly met: boolean;
}

/** What one part of the benchmark has found. */
export interface Findings {
  readonly title: string;
  /** Markdown. */
  readonly lines: readonly string[];
  readonly goals: readonly Goal[];
  /** A picture that goes with it. */
  readonly svg?: string;
}

export interface Choice {
  /** Everything once and briefly: whether it works at all, no figure worth a look. */
  readonly quick: boolean;
  /** Another state of Scan Bot, checked out in this directory, to compare with. */
  readonly against: { readonly ref: string; readonly root: string } | undefined;
}

export type Part = (choice: Choice) => Promise<Findings>;

export function goal(
  what: string,
  value: number,
  { most, unit = '' }: { readonly most: number; readonly unit?: string },
): Goal {
  return { what, is: `${format(value)}${unit}`, met: value <= most };
}

function format(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0);
}
