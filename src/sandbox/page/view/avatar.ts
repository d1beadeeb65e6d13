import type { Message } from '../api.ts';
import type { World } from '../world.ts';
import { el } from '../dom/el.ts';
import { botFace } from '../dom/icon.ts';

const HUES = 7;

/** The picture of somebody; its name stands beside it. */
export function avatar(initials: string, size: 'small' | 'usual' | 'large' = 'usual'): HTMLElement {
  const hue = Array.from(initials).reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) % HUES;
  return el('span', { class: `avatar ${size} hue-${hue}`, 'aria-hidden': 'true' }, initials);
}

/** The bot's picture, six-sided as Teams shows apps. */
export function botAvatar(size: 'small' | 'usual' | 'large' = 'usual'): HTMLElement {
  return el('span', { class: `avatar ${size} of-bot`, 'aria-hidden': 'true' }, botFace(size === 'small' ? 24 : 32));
}

export interface Shown {
  readonly name: string;
  readonly isBot: boolean;
  readonly picture: HTMLElement;
}

export function authorOf(world: World | undefined, author: Message['author']): Shown {
  if (author.kind === 'bot') return { name: world?.bot.name ?? 'Scan Bot', isBot: true, picture: botAvatar() };
  const person = world?.people.find(({ handle }) => handle === author.handle);
  return { name: person?.name ?? author.handle, isBot: false, picture: avatar(person?.initials ?? '?') };
}
