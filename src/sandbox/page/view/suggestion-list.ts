import { el, freshId, give } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import type { Suggestion } from '../state/suggestions.ts';
import { botAvatar } from './avatar.ts';

/** What hangs over a composer while somebody types. The focus stays in the text. */
export class SuggestionList {
  readonly element: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #take: (suggestion: Suggestion) => void;
  #shown: readonly Suggestion[] = [];
  #active = -1;

  constructor(field: HTMLTextAreaElement, label: string, take: (suggestion: Suggestion) => void) {
    this.#field = field;
    this.#take = take;
    this.element = el('div', {
      class: 'suggestions',
      role: 'listbox',
      id: freshId('suggestions'),
      'aria-label': label,
      hidden: true,
    });
    give(field, 'aria-autocomplete', 'list');
    give(field, 'aria-controls', this.element.id);
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** A mention is taken by Enter at once; a command only when somebody went to it. */
  show(suggestions: readonly Suggestion[]): void {
    this.#shown = suggestions;
    this.element.hidden = suggestions.length === 0;
    this.element.replaceChildren(...suggestions.map((suggestion) => this.#option(suggestion)));
    this.#activate(suggestions[0]?.kind === 'mention' ? 0 : -1);
  }

  close(): void {
    this.show([]);
  }

  /** Whether the key meant the list. */
  takesKey(event: KeyboardEvent): boolean {
    if (!this.isOpen) return false;
    const { length } = this.#shown;
    if (event.key === 'ArrowDown') this.#activate((this.#active + 1) % length);
    else if (event.key === 'ArrowUp') this.#activate(this.#active <= 0 ? length - 1 : this.#active - 1);
    else if (event.key === 'Escape') this.close();
    else return this.#takesChoice(event);
    return true;
  }

  #takesChoice(event: KeyboardEvent): boolean {
    const chosen = this.#shown[this.#active];
    const chooses = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey;
    if (chosen === undefined || !chooses) return false;
    this.#take(chosen);
    return true;
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [at, option] of [...this.element.children].entries()) {
      give(option, 'aria-selected', String(at === index));
      if (at !== index) continue;
      option.scrollIntoView({ block: 'nearest' });
    }
    give(this.#field, 'aria-activedescendant', this.element.children[index]?.id);
  }

  #option(suggestion: Suggestion): HTMLElement {
    const picture =
      suggestion.kind === 'mention'
        ? botAvatar('small')
        : icon(suggestion.kind === 'device' ? 'laptop' : 'arrowRight', 16);
    const onpointerdown = (event: Event): void => {
      event.preventDefault();
      this.#take(suggestion);
    };
    return el(
      'div',
      {
        role: 'option',
        id: freshId('option'),
        class: `suggestion of-${suggestion.kind}`,
        'aria-selected': 'false',
        onpointerdown,
      },
      picture,
      el('span', { class: 'suggestion-title' }, suggestion.title),
      suggestion.detail !== '' && el('span', { class: 'suggestion-detail' }, suggestion.detail),
    );
  }
}
