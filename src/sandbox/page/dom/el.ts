type Value = string | number | boolean | undefined | EventListener;

/** Attributes by name; `true` is an empty one, `false` and `undefined` are none; `onclick` and the like take a listener. */
export type Attributes = Readonly<Record<string, Value>>;

export type Child = Node | string | undefined | false;

/** An element with its attributes and children. Text goes in as text, never as markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) give(element, name, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** Sets or takes away one attribute. */
export function give(element: Element, name: string, value: Value): void {
  if (typeof value === 'function') {
    element.addEventListener(name.replace(/^on/, ''), value);
    return;
  }
  if (value === undefined || value === false) {
    element.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Text that only screen readers hear. */
export function unseen(text: string): HTMLElement {
  return el('span', { class: 'unseen' }, text);
}

/** Writes a text only where it is another one: unchanged nodes keep their place in a selection. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** An id for labels to point to. */
export function freshId(word: string): string {
  return `${word}-${crypto.randomUUID()}`;
}
