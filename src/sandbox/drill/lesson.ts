import type { Happening } from './happening.ts';

/** One step of an exercise: whether this is it, and what the next steps have to know. */
export interface Step<Memory> {
  readonly title: string;
  readonly taken: (happening: Happening, memory: Memory) => Memory | undefined;
}

/**
 * An exercise: steps that have to happen one after the other. Whenever the first one happens an attempt begins, and the
 * exercise is done when one attempt has come to its end. An exercise is a file of its own; `drill.ts` lists them.
 */
export interface Lesson<Memory> {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly hint: string;
  readonly first: { readonly title: string; readonly taken: (happening: Happening) => Memory | undefined };
  readonly then: readonly Step<Memory>[];
}

/** How far somebody has come: a new one for everything that changes it. */
export interface Progress {
  readonly about: Pick<Lesson<unknown>, 'id' | 'title' | 'text' | 'hint'>;
  readonly steps: readonly { readonly title: string; readonly done: boolean }[];
  readonly done: boolean;
  after(happening: Happening): Progress;
}

interface Attempt<Memory> {
  readonly taken: number;
  readonly memory: Memory;
}

const MOST_ATTEMPTS = 20;

/** The exercise as it is before anything has happened. */
export function beginning<Memory>(lesson: Lesson<Memory>): Progress {
  return progress(lesson, []);
}

function progress<Memory>(lesson: Lesson<Memory>, attempts: readonly Attempt<Memory>[]): Progress {
  const { id, title, text, hint } = lesson;
  const furthest = Math.max(0, ...attempts.map(({ taken }) => taken));
  const titles = [lesson.first, ...lesson.then].map((step) => step.title);
  const now: Progress = {
    about: { id, title, text, hint },
    steps: titles.map((words, index) => ({ title: words, done: index < furthest })),
    done: furthest === titles.length,
    after: (happening) => {
      const next = now.done ? attempts : attemptsAfter(lesson, attempts, happening);
      return next === attempts ? now : progress(lesson, next);
    },
  };
  return now;
}

/** The same list when nothing has changed. */
function attemptsAfter<Memory>(
  lesson: Lesson<Memory>,
  attempts: readonly Attempt<Memory>[],
  happening: Happening,
): readonly Attempt<Memory>[] {
  const moved = attempts.map((attempt) => attemptAfter(lesson, attempt, happening));
  const memory = lesson.first.taken(happening);
  if (memory !== undefined) return [...moved, { taken: 1, memory }].slice(-MOST_ATTEMPTS);
  return moved.some((attempt, index) => attempt !== attempts[index]) ? moved : attempts;
}

function attemptAfter<Memory>(lesson: Lesson<Memory>, attempt: Attempt<Memory>, happening: Happening): Attempt<Memory> {
  const memory = lesson.then[attempt.taken - 1]?.taken(happening, attempt.memory);
  return memory === undefined ? attempt : { taken: attempt.taken + 1, memory };
}
