import type { Party, WireLine } from '../wire.ts';
import { el, give, write } from '../dom/el.ts';
import { KeyedList } from '../dom/keyed-list.ts';
import { roving } from '../dom/roving.ts';
import type { Page } from '../view/page.ts';
import { WireLineView } from './wire-line.ts';

type Filter = 'all' | Exclude<Party, 'bot'>;

const FILTERS: Readonly<Record<Filter, string>> = { all: 'All', defender: 'Defender', entra: 'Entra', teams: 'Teams' };

/** Every call between the bot and the services, newest first. */
export function wireLog({ session: { store } }: Page): HTMLElement {
  const box = el('ol', { class: 'wire' });
  const empty = el(
    'p',
    { class: 'wire-empty' },
    'No call yet. Ask for a scan and watch what the bot asks Entra and Defender.',
  );
  const list = new KeyedList<WireLine>(box, { key: ({ n }) => String(n), make: (line) => new WireLineView(line) });
  let filter: Filter = 'all';
  const show = (): void => {
    const lines = store.state.wire.filter(({ from, to }) => filter === 'all' || from === filter || to === filter);
    list.show(lines.toReversed());
    empty.hidden = lines.length > 0;
  };
  const filters = filterBar((chosen) => {
    filter = chosen;
    show();
  });
  const count = el('p', { class: 'wire-count' });
  store.watch(
    ({ wire }) => wire,
    (wire) => {
      show();
      write(count, wire.length === 1 ? '1 call' : `${wire.length} calls`);
    },
  );
  const intro = el(
    'div',
    { class: 'panel-intro' },
    el('h2', {}, 'On the wire'),
    count,
    el('p', {}, 'As it would be in life. Tokens are shown by what they say, never themselves.'),
    filters,
  );
  return el('div', { class: 'wire-log' }, intro, empty, box);
}

function filterBar(choose: (filter: Filter) => void): HTMLElement {
  const buttons = Object.entries(FILTERS).map(([filter, title]) => {
    const button = el(
      'button',
      { type: 'button', role: 'radio', class: 'segment', 'aria-checked': String(filter === 'all') },
      title,
    );
    button.addEventListener('click', () => {
      for (const one of buttons) give(one, 'aria-checked', String(one === button));
      choose(filter as Filter);
    });
    return button;
  });
  const bar = el('div', { class: 'segments', role: 'radiogroup', 'aria-label': 'Calls of' }, ...buttons);
  roving(bar, '.segment');
  return bar;
}
