import type { Exercise } from '../world.ts';
import { el, give, unseen, write } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { KeyedList, type ItemView } from '../dom/keyed-list.ts';
import type { Page } from '../view/page.ts';

const NONE: readonly Exercise[] = [];

interface ShownExercise {
  readonly exercise: Exercise;
  readonly number: number;
  /** The first one that is not done. */
  readonly isNext: boolean;
}

/** The guided drill: exercises that tick themselves off by what really happens. */
export function drill(page: Page): HTMLElement {
  const bar = el('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Drill', 'aria-valuemin': 0 }, el('i'));
  const count = el('p', { class: 'drill-count' });
  const box = el('ol', { class: 'exercises' });
  const list = new KeyedList<ShownExercise>(box, {
    key: ({ exercise }) => exercise.id,
    make: () => new ExerciseView(),
  });
  let before = NONE;
  page.session.store.watch(
    ({ world }) => world?.drill ?? NONE,
    (exercises) => {
      const next = exercises.findIndex(({ done }) => !done);
      list.show(exercises.map((exercise, index) => ({ exercise, number: index + 1, isNext: index === next })));
      showProgress(bar, count, exercises);
      announceTicks(page, before, exercises);
      before = exercises;
    },
  );
  const head = el('div', { class: 'panel-intro' }, el('h2', {}, 'Learn it in four steps'), count, bar);
  page.session.store.watch(
    ({ world }) => world?.drill.length ?? 0,
    (length) => {
      write(head.firstElementChild as HTMLElement, length === 0 ? 'Drill' : `Learn it in ${length} exercises`);
    },
  );
  return el('div', { class: 'drill' }, head, box);
}

function showProgress(bar: HTMLElement, count: HTMLElement, exercises: readonly Exercise[]): void {
  const done = exercises.filter((exercise) => exercise.done).length;
  write(
    count,
    done === exercises.length && done > 0
      ? 'All done. You know what there is to know.'
      : `${done} of ${exercises.length} done`,
  );
  give(bar, 'aria-valuemax', exercises.length);
  give(bar, 'aria-valuenow', done);
  (bar.firstElementChild as HTMLElement).style.width =
    `${exercises.length === 0 ? 0 : (100 * done) / exercises.length}%`;
}

function announceTicks(page: Page, before: readonly Exercise[], now: readonly Exercise[]): void {
  if (before.length === 0) return;
  for (const exercise of now) {
    const was = before.find(({ id }) => id === exercise.id);
    if (exercise.done && was?.done === false) page.announcer.say(`Exercise done: ${exercise.title}`);
  }
}

class ExerciseView implements ItemView<ShownExercise> {
  readonly element = el('li', { class: 'exercise' });
  readonly #summary = el('summary');
  readonly #text = el('p');
  readonly #steps = el('ul', { class: 'steps' });
  readonly #hint = el('p', { class: 'hint-text' });
  readonly #details: HTMLDetailsElement;
  #wasNext = false;

  constructor() {
    const hint = el('details', { class: 'hint' }, el('summary', {}, icon('bulb', 16), 'Show a hint'), this.#hint);
    this.#details = el(
      'details',
      { class: 'exercise-details' },
      this.#summary,
      el('div', { class: 'exercise-body' }, this.#text, this.#steps, hint),
    );
    this.element.append(this.#details);
  }

  show({ exercise, number, isNext }: ShownExercise): void {
    const mark = el(
      'span',
      { class: 'exercise-mark', 'aria-hidden': 'true' },
      exercise.done ? icon('check', 16) : String(number),
    );
    this.#summary.replaceChildren(
      mark,
      el('span', { class: 'exercise-title' }, exercise.title),
      (exercise.done && unseen('done')) || '',
    );
    this.element.classList.toggle('done', exercise.done);
    this.element.classList.toggle('next', isNext);
    write(this.#text, exercise.text);
    write(this.#hint, exercise.hint);
    this.#steps.replaceChildren(...exercise.steps.map(step));
    if (isNext !== this.#wasNext) this.#details.open = isNext;
    this.#wasNext = isNext;
  }
}

function step({ title, done }: Exercise['steps'][number]): HTMLElement {
  const mark = el('span', { class: 'step-mark', 'aria-hidden': 'true' }, done && icon('check', 12));
  return el('li', { class: done ? 'step done' : 'step' }, mark, el('span', {}, title, done && unseen(' (done)')));
}
