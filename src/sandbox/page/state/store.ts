import type { State } from './state.ts';

interface Watcher {
  look(state: State): void;
}

/** Holds the state; whoever watches a part of it is told when that part has changed. */
export class Store {
  #state: State;
  readonly #watchers = new Set<Watcher>();

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  change(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    for (const watcher of [...this.#watchers]) watcher.look(this.#state);
  }

  /** Shows the selected part now and after each change of it, until the signal aborts. */
  watch<Part>(select: (state: State) => Part, show: (part: Part) => void, signal?: AbortSignal): void {
    let seen = select(this.#state);
    const watcher = {
      look: (state: State): void => {
        const part = select(state);
        if (Object.is(part, seen)) return;
        seen = part;
        show(part);
      },
    };
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', () => this.#watchers.delete(watcher));
    show(seen);
  }
}
