import { onPressOutside } from './press-outside.ts';
import { el, freshId, give, type Child } from './el.ts';

export interface Popover {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  close(): void;
}

interface PopoverParts {
  /** Says what opens, for those who do not see it. */
  readonly label: string;
  readonly button: readonly Child[];
  readonly className: string;
  /** Built each time that it opens. */
  readonly content: (close: () => void) => Node;
}

/** A button and what hangs from it. Escape, a click elsewhere and leaving it by keyboard close it. */
export function popover(parts: PopoverParts): Popover {
  const id = freshId('popover');
  const box = el('div', { id, class: 'popover', role: 'group', 'aria-label': parts.label, hidden: true });
  const button = el('button', {
    type: 'button',
    class: 'popover-button',
    'aria-expanded': 'false',
    'aria-controls': id,
  });
  button.append(...parts.button.filter((child) => child !== undefined && child !== false));
  const element = el('div', { class: `has-popover ${parts.className}` }, button, box);

  const turn = (open: boolean): void => {
    box.hidden = !open;
    give(button, 'aria-expanded', String(open));
    box.replaceChildren(...(open ? [parts.content(close)] : []));
    if (open) focusFirst(box);
  };
  const close = (): void => {
    if (box.hidden) return;
    const hadFocus = element.contains(document.activeElement);
    turn(false);
    if (hadFocus) button.focus();
  };

  button.addEventListener('click', () => {
    turn(box.hidden);
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.hidden) return;
    event.stopPropagation();
    close();
  });
  element.addEventListener('focusout', (event) => {
    const { relatedTarget } = event;
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) turn(false);
  });
  onPressOutside([element], () => {
    if (!box.hidden) turn(false);
  });
  return { element, button, close };
}

/** On what is chosen, else on the first choice. */
function focusFirst(box: HTMLElement): void {
  const chosen = box.querySelector<HTMLElement>('[aria-pressed="true"]');
  (chosen ?? box.querySelector<HTMLElement>('button'))?.focus();
}
