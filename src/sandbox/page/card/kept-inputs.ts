type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Touched {
  readonly id: string;
  /** What the card itself had put in. */
  readonly given: string;
  readonly now: string;
}

interface Focused {
  readonly id: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** Marks the fields of a freshly drawn card with the input that each belongs to, and what the card put in. */
export function markFields(
  box: HTMLElement,
  inputs: readonly { readonly id?: string | undefined; readonly renderedElement?: HTMLElement | undefined }[],
  own: string,
): void {
  for (const { id, renderedElement } of inputs) {
    if (id === undefined || renderedElement === undefined) continue;
    const fields = fieldsIn(renderedElement);
    for (const field of fields) {
      field.dataset['input'] = id;
      // Two cards on one page would share their radio buttons: the renderer names them after the input alone.
      if (field instanceof HTMLInputElement && field.type === 'radio') field.name = `${own}-${id}`;
    }
  }
  for (const field of marked(box)) field.dataset['given'] = valueOf(field);
}

/** Puts into a new drawing what was typed into the old one, wherever the card itself still says the same. */
export function keepTyped(before: HTMLElement, after: HTMLElement): void {
  for (const { id, given, now } of touchedIn(before)) {
    const twin = marked(after).find((field) => field.dataset['input'] === id && field.dataset['given'] === given);
    if (twin !== undefined) fill(twin, now);
  }
}

/** Where the cursor stands in a card; `undefined` when it is elsewhere. */
export function focusIn(box: HTMLElement): Focused | undefined {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !box.contains(field)) return undefined;
  const id = field.dataset['input'] ?? field.dataset['action'] ?? '';
  const isText = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === 'text');
  return {
    id,
    start: isText ? (field.selectionStart ?? undefined) : undefined,
    end: isText ? (field.selectionEnd ?? undefined) : undefined,
  };
}

/** Gives the focus back to the same field or button; where it is gone, to the card. */
export function restoreFocus(box: HTMLElement, { id, start, end }: Focused): void {
  const all = [...box.querySelectorAll<HTMLElement>('[data-input], [data-action]')];
  const same = all.filter((field) => (field.dataset['input'] ?? field.dataset['action']) === id);
  const field = same.find((one) => one instanceof HTMLInputElement && one.checked) ?? same[0] ?? box;
  field.focus({ preventScroll: true });
  if (start !== undefined && (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement))
    field.setSelectionRange(start, end ?? start);
}

function touchedIn(box: HTMLElement): readonly Touched[] {
  return marked(box)
    .map((field) => ({ id: field.dataset['input'] ?? '', given: field.dataset['given'] ?? '', now: valueOf(field) }))
    .filter(({ given, now }) => given !== now);
}

function marked(box: HTMLElement): readonly Field[] {
  return fieldsIn(box).filter((field) => field.dataset['input'] !== undefined);
}

function fieldsIn(box: HTMLElement): readonly Field[] {
  const inside = [...box.querySelectorAll<Field>('input, textarea, select')];
  return box.matches('input, textarea, select') ? [box as Field, ...inside] : inside;
}

function isTick(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');
}

/** Of a tick its state and its value: `on Quick`. */
function valueOf(field: Field): string {
  return isTick(field) ? `${field.checked ? 'on' : 'off'} ${field.value}` : field.value;
}

function fill(field: Field, now: string): void {
  if (isTick(field)) field.checked = now.startsWith('on ');
  else field.value = now;
  field.dispatchEvent(new Event(isTick(field) ? 'change' : 'input'));
}
