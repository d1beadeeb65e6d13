import { el, give } from '../dom/el.ts';

/** A text box that grows with its text and tints the mention of the bot. */
export class ComposerField {
  readonly element: HTMLElement;
  readonly text: HTMLTextAreaElement;
  readonly #mirror = el('div', { class: 'composer-mirror', 'aria-hidden': 'true' });
  readonly #mention: string;

  constructor(label: string, placeholder: string, mention: string) {
    this.#mention = mention;
    this.text = el('textarea', {
      class: 'composer-text',
      rows: 1,
      placeholder,
      'aria-label': label,
      spellcheck: 'false',
      autocomplete: 'off',
    });
    this.element = el('div', { class: 'composer-field' }, this.#mirror, this.text);
  }

  fill(value: string): void {
    this.text.value = value;
    this.text.setSelectionRange(value.length, value.length);
    this.reflect();
  }

  /** The mirror below has the same words, so the box is as high as they are. */
  reflect(): void {
    const { value } = this.text;
    const at = value.toLowerCase().indexOf(this.#mention.toLowerCase());
    const end = at + this.#mention.length;
    const parts = at < 0 ? [value] : [value.slice(0, at), el('mark', {}, value.slice(at, end)), value.slice(end)];
    this.#mirror.replaceChildren(...parts, '\u200b');
  }

  /** What is wrong, for those who do not see the line below. */
  describe(id: string | undefined): void {
    give(this.text, 'aria-describedby', id);
  }
}
