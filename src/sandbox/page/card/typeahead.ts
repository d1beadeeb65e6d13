import type { FoundRow } from '../api.ts';
import { el, freshId, give } from '../dom/el.ts';
import type { SearchingInput } from './renderer.ts';
import { choiceOf } from './renderer.ts';

/** As long as Teams waits for the next letter. */
const PAUSE = 250;

export type Finds = (text: string) => Promise<readonly FoundRow[]>;

/** What stands below a field while somebody types, as Teams shows it: every row that the bot answers with. */
export class Typeahead {
  readonly #field: HTMLInputElement;
  readonly #input: SearchingInput;
  readonly #finds: Finds;
  readonly #list = el('ul', { class: 'typeahead', role: 'listbox', id: freshId('found'), hidden: true });
  #due: ReturnType<typeof setTimeout> | undefined;
  #rows: readonly FoundRow[] = [];
  #active = -1;

  /** The renderer draws a plain field with a list of its own, which goes. */
  static on(input: SearchingInput, finds: Finds): void {
    const drawn = input.renderedElement;
    const field = drawn instanceof HTMLInputElement ? drawn : drawn?.querySelector('input');
    if (field !== undefined && field !== null) new Typeahead(input, field, finds);
  }

  private constructor(input: SearchingInput, field: HTMLInputElement, finds: Finds) {
    this.#input = input;
    this.#field = field;
    this.#finds = finds;
    field.removeAttribute('list');
    give(field, 'autocomplete', 'off');
    give(field, 'role', 'combobox');
    // The renderer names the box around the field by its label, and the field by nothing once something is typed.
    give(field, 'aria-labelledby', field.closest('[aria-labelledby]')?.getAttribute('aria-labelledby') ?? undefined);
    give(field, 'aria-autocomplete', 'list');
    give(field, 'aria-controls', this.#list.id);
    give(field, 'aria-expanded', 'false');
    field.after(this.#list);
    field.addEventListener('input', () => {
      this.#ask(PAUSE);
    });
    field.addEventListener('click', () => {
      this.#ask(0);
    });
    field.addEventListener('blur', () => {
      this.#show([]);
    });
    field.addEventListener('keydown', (event) => {
      this.#key(event);
    });
  }

  #ask(pause: number): void {
    clearTimeout(this.#due);
    this.#due = setTimeout(() => void this.#answer(this.#field.value), pause);
  }

  async #answer(text: string): Promise<void> {
    const rows = await this.#finds(text);
    if (text === this.#field.value && document.activeElement === this.#field) this.#show(rows);
  }

  #show(rows: readonly FoundRow[]): void {
    this.#rows = rows;
    this.#active = -1;
    this.#list.replaceChildren(...rows.map((row, at) => this.#option(row, at)));
    this.#list.hidden = rows.length === 0;
    give(this.#field, 'aria-expanded', String(rows.length > 0));
    give(this.#field, 'aria-activedescendant', undefined);
  }

  #option(row: FoundRow, at: number): HTMLElement {
    const choose = (event: Event): void => {
      // The field keeps the focus.
      event.preventDefault();
      this.#choose(row);
    };
    return el('li', { role: 'option', id: `${this.#list.id}-${at}`, onpointerdown: choose }, row.title);
  }

  #choose(row: FoundRow): void {
    this.#input.choices = [choiceOf(row)];
    this.#field.value = row.title;
    this.#field.dispatchEvent(new Event('input'));
    clearTimeout(this.#due);
    this.#show([]);
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    const row = this.#rows[this.#active];
    if (this.#list.hidden && key === 'ArrowDown') this.#ask(0);
    else if (key === 'ArrowDown' || key === 'ArrowUp') this.#move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' && row !== undefined) this.#choose(row);
    else if (key === 'Escape' && !this.#list.hidden) this.#show([]);
    else return;
    event.preventDefault();
  }

  #move(by: 1 | -1): void {
    const { length } = this.#rows;
    if (length === 0) return;
    this.#active = (this.#active + by + length) % length;
    [...this.#list.children].forEach((option, at) => {
      give(option, 'aria-selected', String(at === this.#active));
    });
    const option = this.#list.children[this.#active];
    give(this.#field, 'aria-activedescendant', option?.id);
    option?.scrollIntoView({ block: 'nearest' });
  }
}
