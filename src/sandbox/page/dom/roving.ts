const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** One stop for the tab key in a group; the arrows, Home and End go on inside it. */
export function roving(box: HTMLElement, selector: string): () => void {
  const items = (): HTMLElement[] => [...box.querySelectorAll<HTMLElement>(selector)];
  const stopAt = (chosen: HTMLElement | undefined): void => {
    for (const item of items()) item.tabIndex = item === chosen ? 0 : -1;
  };
  const settle = (): void => {
    const all = items();
    const current = all.find((item) => item.matches('[aria-current], [aria-selected="true"], [aria-checked="true"]'));
    stopAt(all.find((item) => item === document.activeElement) ?? current ?? all[0]);
  };
  box.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const to = at < 0 ? undefined : all[target(event.key, at, all.length)];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stopAt(to);
    to.focus();
  });
  box.addEventListener('focusin', (event) => {
    const item = items().find((one) => one === event.target);
    if (item !== undefined) stopAt(item);
  });
  settle();
  return settle;
}

function target(key: string, at: number, count: number): number {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  return step === undefined ? -1 : (at + step + count) % count;
}
