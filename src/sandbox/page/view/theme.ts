export type Theme = 'light' | 'dark' | 'contrast';
export type ThemeChoice = Theme | 'system';

const KEPT_AS = 'sandbox-theme';
const CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast'];

/** The look of the page: what was chosen here, else what the system says. */
export class ThemeSwitch {
  #choice: ThemeChoice = readChoice();
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #contrast = matchMedia('(prefers-contrast: more)');
  readonly #listeners = new Set<() => void>();

  get choice(): ThemeChoice {
    return this.#choice;
  }

  get now(): Theme {
    if (this.#choice !== 'system') return this.#choice;
    if (this.#contrast.matches) return 'contrast';
    return this.#dark.matches ? 'dark' : 'light';
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    localStorage.setItem(KEPT_AS, choice);
    this.#show();
  }

  /** Tells of each change, also of the system's, until the signal aborts. */
  onChange(listener: () => void, signal?: AbortSignal): void {
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  start(): void {
    for (const query of [this.#dark, this.#contrast]) {
      query.addEventListener('change', () => {
        this.#show();
      });
    }
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.now;
    for (const listener of this.#listeners) listener();
  }
}

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEPT_AS);
  return CHOICES.find((choice) => choice === kept) ?? 'system';
}
