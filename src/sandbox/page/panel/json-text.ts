import { el } from '../dom/el.ts';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** JSON, indented, its parts told apart by colour; text that is none as it is. */
export function jsonText(value: unknown): HTMLElement {
  const box = el('pre', { class: 'json', tabindex: '0', role: 'group', 'aria-label': 'JSON' });
  if (typeof value === 'string') {
    box.append(value);
    return box;
  }
  const text = JSON.stringify(value, undefined, 2);
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon = ''] = match;
    box.append(text.slice(at, match.index));
    box.append(el('span', { class: kindOf(string, colon) }, string ?? whole), colon);
    at = match.index + whole.length;
  }
  box.append(text.slice(at));
  return box;
}

function kindOf(string: string | undefined, colon: string): string {
  if (string === undefined) return 'json-value';
  return colon === '' ? 'json-string' : 'json-key';
}
