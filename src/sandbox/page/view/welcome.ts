import type { PlaceInfo } from '../world.ts';
import { el } from '../dom/el.ts';
import { botFace } from '../dom/icon.ts';
import type { Page } from './page.ts';

const TEXTS: Readonly<Record<PlaceInfo['kind'], readonly [string, string]>> = {
  channel: [
    'Ask for your first scan',
    'The post below is ready. Press Enter to send it, or type over it. Everything here is played on this machine: people, devices, Entra and Defender.',
  ],
  group: ['A chat among colleagues', 'Mention Scan Bot to ask for a scan here.'],
  personal: ['Just you and Scan Bot', 'Here it hears everything that you write. Type help to see what it understands.'],
};

/** What stands in a place where nothing was said yet. */
export function welcome(kind: PlaceInfo['kind']): HTMLElement {
  const [title, text] = TEXTS[kind];
  const face = el('span', { class: 'welcome-face', 'aria-hidden': 'true' }, botFace(72));
  return el('div', { class: 'welcome' }, face, el('h2', {}, title), el('p', {}, text));
}

/** A scan to begin with: one key sends it. */
export function firstWords(page: Page): string {
  const bot = page.session.store.state.world?.bot.name ?? 'Scan Bot';
  return `@${bot} scan full fin-laptop-07 because alert 3212`;
}
