/** What was typed and not sent, by the place or thread that it is for. */
export class Drafts {
  readonly #texts = new Map<string, string>();

  of(where: string): string {
    return this.#texts.get(where) ?? '';
  }

  keep(where: string, text: string): void {
    if (text.trim() === '') this.#texts.delete(where);
    else this.#texts.set(where, text);
  }
}
