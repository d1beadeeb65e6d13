import type { MoodInfo } from '../world.ts';
import { el } from '../dom/el.ts';
import { KeyedList, type ItemView } from '../dom/keyed-list.ts';
import type { Page } from '../view/page.ts';
import { toggle, turned } from './toggle.ts';

const GROUPS: Readonly<Record<MoodInfo['of'], string>> = { defender: 'Defender', entra: 'Entra', teams: 'Teams' };

/** What can go wrong, by whom it is played. */
export function moodList(page: Page): HTMLElement {
  const groups = Object.entries(GROUPS).map(([of, title]) => {
    const box = el('div', { class: 'moods' });
    const list = new KeyedList<MoodInfo>(box, { key: ({ id }) => id, make: (mood) => moodView(page, mood) });
    const active = el('span', { class: 'mood-count' });
    const details = el(
      'details',
      { class: 'fold', open: of === 'defender' },
      el('summary', {}, el('h3', {}, title), active),
      box,
    );
    page.session.store.watch(
      ({ world }) => JSON.stringify(world?.moods),
      () => {
        const moods = (page.session.store.state.world?.moods ?? []).filter((mood) => mood.of === of);
        list.show(moods);
        const on = moods.filter((mood) => mood.active).length;
        active.textContent = on === 0 ? '' : `${on} on`;
        details.hidden = moods.length === 0;
      },
    );
    return details;
  });
  return el('div', {}, ...groups);
}

function moodView({ session }: Page, { id, title, description, active, oneShot }: MoodInfo): ItemView<MoodInfo> {
  const element = toggle({
    title,
    description,
    tag: oneShot ? 'Once' : undefined,
    isOn: active,
    turn: (on) => session.client.mood({ id, on }),
  });
  element.dataset['mood'] = id;
  return {
    element,
    show: (mood) => {
      turned(element, mood.active);
    },
  };
}
