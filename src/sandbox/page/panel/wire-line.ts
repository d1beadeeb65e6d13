import { SECOND } from '../duration.ts';
import type { Party, WireLine } from '../wire.ts';
import { el, freshId, unseen } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import type { ItemView } from '../dom/keyed-list.ts';
import { toTheSecond } from '../dom/times.ts';
import { jsonText } from './json-text.ts';

const NAMES: Readonly<Record<Party, string>> = { bot: 'Bot', teams: 'Teams', entra: 'Entra', defender: 'Defender' };

/** Claims that decide, and what a person reads first. */
const TELLING = ['aud', 'scp', 'roles', 'upn', 'name', 'oid', 'appid', 'azp', 'tid', 'iss'];
const TIMES = new Set(['iat', 'nbf', 'exp']);

/** One call: a line that opens to everything that was said. */
export class WireLineView implements ItemView<WireLine> {
  readonly element: HTMLElement;

  constructor(line: WireLine) {
    const id = freshId('call');
    const more = el('div', { class: 'wire-more', id, hidden: true });
    const button = el(
      'button',
      { type: 'button', class: 'wire-line', 'aria-expanded': 'false', 'aria-controls': id },
      ...head(line),
    );
    button.addEventListener('click', () => {
      const isOpen = more.hidden;
      if (isOpen && more.childElementCount === 0) more.append(...inside(line));
      more.hidden = !isOpen;
      button.setAttribute('aria-expanded', String(isOpen));
    });
    this.element = el('li', { class: 'wire-item' }, button, more);
  }

  show(): void {
    // A call that was answered does not change any more.
  }
}

function head({ at, from, to, method, path, status, note }: WireLine): readonly HTMLElement[] {
  const parties = el('span', { class: 'parties' }, party(from), icon('arrowRight', 12), unseen('to'), party(to));
  const first = el('span', { class: 'wire-first' }, parties, el('time', {}, toTheSecond(at)), statusMark(status));
  const second = el('span', { class: 'wire-path' }, el('b', {}, method), ' ', path);
  return note === undefined ? [first, second] : [first, second, el('span', { class: 'wire-note' }, note)];
}

function party(name: Party): HTMLElement {
  return el('span', { class: `party of-${name}` }, NAMES[name]);
}

function statusMark(status: number): HTMLElement {
  const kind = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'refused' : 'good';
  return el('span', { class: `status is-${kind}` }, status === 0 ? 'cut' : String(status));
}

function inside({ query, claims, body, answer }: WireLine): readonly HTMLElement[] {
  const parts = [
    query !== undefined && query !== '' && part('Query', el('pre', {}, query)),
    claims !== undefined && part('What the token says', claimTable(claims)),
    body !== undefined && part('Sent', jsonText(body)),
    answer !== undefined && part('Answered', jsonText(answer)),
  ].filter((one) => one !== false);
  return parts.length > 0 ? parts : [el('p', { class: 'wire-nothing' }, 'Nothing but the line above.')];
}

function part(title: string, content: HTMLElement): HTMLElement {
  return el('div', { class: 'wire-part' }, el('h4', {}, title), content);
}

function claimTable(claims: Readonly<Record<string, unknown>>): HTMLElement {
  const rows = Object.entries(claims)
    .toSorted(([one], [other]) => rank(one) - rank(other))
    .map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, claimText(name, value))));
  return el('table', { class: 'claims' }, el('tbody', {}, ...rows));
}

/** Who may do what comes first, the rest as the token has it. */
function rank(name: string): number {
  const at = TELLING.indexOf(name);
  return at < 0 ? TELLING.length : at;
}

function claimText(name: string, value: unknown): string {
  if (typeof value === 'number' && TIMES.has(name)) return `${value} (${toTheSecond(value * SECOND)})`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
