import { el, freshId, give } from '../dom/el.ts';

interface ToggleParts {
  readonly title: string;
  readonly description: string;
  /** A word beside the title. */
  readonly tag?: string | undefined;
  readonly isOn: boolean;
  readonly turn: (on: boolean) => Promise<unknown>;
}

/** A switch with its name and a sentence. It shows at once what was chosen; the world says later what became of it. */
export function toggle(parts: ToggleParts): HTMLElement {
  const ids = { title: freshId('toggle'), description: freshId('toggle') };
  const button = el('button', {
    type: 'button',
    role: 'switch',
    class: 'toggle',
    'aria-checked': String(parts.isOn),
    'aria-labelledby': ids.title,
    'aria-describedby': parts.description === '' ? undefined : ids.description,
  });
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-checked') !== 'true';
    give(button, 'aria-checked', String(on));
    void parts.turn(on);
  });
  const words = el(
    'div',
    { class: 'toggle-words' },
    el(
      'span',
      { class: 'toggle-title', id: ids.title },
      parts.title,
      parts.tag !== undefined && el('span', { class: 'tag' }, parts.tag),
    ),
    parts.description !== '' && el('span', { class: 'toggle-description', id: ids.description }, parts.description),
  );
  const row = el('div', { class: 'toggle-row' }, words, button);
  words.addEventListener('click', () => {
    button.click();
  });
  return row;
}

/** Shows on an existing row what the world says now. */
export function turned(row: HTMLElement, isOn: boolean): void {
  const button = row.querySelector('[role="switch"]');
  if (button !== null) give(button, 'aria-checked', String(isOn));
}
