export interface ItemView<Item> {
  readonly element: HTMLElement;
  show(item: Item): void;
}

interface Keying<Item> {
  readonly key: (item: Item) => string;
  readonly make: (item: Item) => ItemView<Item>;
}

/** Shows a list in an element: known items are shown anew in place, so that focus, scroll and typed text stay. */
export class KeyedList<Item> {
  readonly #box: HTMLElement;
  readonly #keying: Keying<Item>;
  #views = new Map<string, ItemView<Item>>();

  constructor(box: HTMLElement, keying: Keying<Item>) {
    this.#box = box;
    this.#keying = keying;
  }

  show(items: readonly Item[]): void {
    const next = new Map(items.map((item) => [this.#keying.key(item), this.#viewOf(item)]));
    for (const [key, view] of this.#views) if (!next.has(key)) view.element.remove();
    this.#views = next;
    let at = this.#box.firstElementChild;
    for (const { element } of next.values()) {
      if (element === at) at = at.nextElementSibling;
      else this.#box.insertBefore(element, at);
    }
  }

  get(key: string): ItemView<Item> | undefined {
    return this.#views.get(key);
  }

  #viewOf(item: Item): ItemView<Item> {
    const known = this.#views.get(this.#keying.key(item));
    const view = known ?? this.#keying.make(item);
    view.show(item);
    return view;
  }
}
