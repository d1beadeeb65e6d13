import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';

const NEAR = 120;

/** Keeps the end of a conversation in sight while somebody reads there, and offers the way back where they do not. */
export class StickToEnd {
  /** The way to what is new. */
  readonly button = el(
    'button',
    { type: 'button', class: 'to-end', hidden: true },
    icon('arrowDown', 16),
    'New messages',
  );
  readonly #box: HTMLElement;
  #sticks = true;

  constructor(box: HTMLElement, content: HTMLElement, signal: AbortSignal) {
    this.#box = box;
    const observer = new ResizeObserver(() => {
      if (this.#sticks) this.#toEnd();
    });
    observer.observe(content);
    observer.observe(box);
    signal.addEventListener('abort', () => {
      observer.disconnect();
    });
    box.addEventListener('scroll', () => {
      this.#sticks = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      if (this.#sticks) this.button.hidden = true;
    });
    this.button.addEventListener('click', () => {
      this.toEnd();
    });
  }

  /** Something new stands at the end. */
  grew(isMine: boolean): void {
    if (isMine || this.#sticks) this.toEnd();
    else this.button.hidden = false;
  }

  toEnd(): void {
    this.#sticks = true;
    this.button.hidden = true;
    this.#toEnd();
  }

  #toEnd(): void {
    this.#box.scrollTop = this.#box.scrollHeight;
  }
}
