import { el, give, write } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { when } from '../dom/times.ts';
import { roving } from '../dom/roving.ts';
import type { Page } from '../view/page.ts';
import { deviceList } from './device-list.ts';
import { moodList } from './mood-list.ts';

/** The world behind the bot: how fast it goes, its devices and alerts, and what can go wrong. */
export function worldPanel(page: Page): HTMLElement {
  return el(
    'div',
    { class: 'world' },
    section('Time lapse', 'How fast scans go', timeLapse(page)),
    section('Devices', 'Switch one off, or have a colleague scan it', deviceList(page)),
    section('Moods', 'What can go wrong, one switch each', moodList(page)),
    section('Alerts', 'Reasons to scan', alerts(page)),
    section('Begin anew', 'Empties the chats and wakes every device', reset(page)),
  );
}

function section(title: string, about: string, content: HTMLElement): HTMLElement {
  return el(
    'section',
    { class: 'world-section', 'aria-label': title },
    el('header', {}, el('h2', {}, title), el('p', {}, about)),
    content,
  );
}

function timeLapse({ session: { store, client } }: Page): HTMLElement {
  const box = el('div', { class: 'paces', role: 'radiogroup', 'aria-label': 'Time lapse' });
  const settle = roving(box, '.pace');
  store.watch(
    ({ world }) => JSON.stringify(world?.timeLapses),
    () => {
      box.replaceChildren(
        ...(store.state.world?.timeLapses ?? []).map(({ factor, says }) => {
          const onclick = (): void => {
            void client.timeLapse({ factor });
          };
          return el('button', { type: 'button', role: 'radio', class: 'pace', 'data-factor': factor, onclick }, says);
        }),
      );
    },
  );
  store.watch(
    ({ world }) => world?.timeLapse,
    (now) => {
      for (const one of box.children)
        give(one, 'aria-checked', String(one.getAttribute('data-factor') === String(now)));
      settle();
    },
  );
  return box;
}

function alerts({ session: { store } }: Page): HTMLElement {
  const list = el('ul', { class: 'alerts' });
  store.watch(
    ({ world }) => JSON.stringify(world?.alerts),
    () => {
      list.replaceChildren(
        ...(store.state.world?.alerts ?? []).map(({ id, title, severity, device, at }) =>
          el(
            'li',
            { class: `alert is-${severity.toLowerCase()}` },
            el('span', { class: 'alert-title' }, title),
            el(
              'span',
              { class: 'alert-facts' },
              el('span', { class: 'severity' }, severity),
              ` · ${device} · alert ${id} · ${when(at)}`,
            ),
          ),
        ),
      );
    },
  );
  return list;
}

const RESET = 'Reset the sandbox';

/** Asks once more in the same place: nobody loses their drill by a slip. */
function reset({ session: { client } }: Page): HTMLElement {
  const words = el('span', {}, RESET);
  const button = el('button', { type: 'button', class: 'button' }, icon('reset', 18), words);
  const say = (text: string, isSure: boolean): void => {
    write(words, text);
    button.classList.toggle('danger', isSure);
  };
  const begin = async (): Promise<void> => {
    say('Beginning anew…', false);
    await client.reset();
    say(RESET, false);
  };
  button.addEventListener('click', () => {
    if (button.classList.contains('danger')) void begin();
    else if (words.textContent === RESET) say('Press again to reset everything', true);
  });
  button.addEventListener('blur', () => {
    if (button.classList.contains('danger')) say(RESET, false);
  });
  return button;
}
