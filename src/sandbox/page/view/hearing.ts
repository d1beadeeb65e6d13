import type { Message } from '../api.ts';
import { isBy } from '../state/conversation.ts';
import { openPlace } from '../state/state.ts';
import { authorOf } from './avatar.ts';
import type { Page } from './page.ts';

/** Tells screen readers of what others write in the open place, and of cards that change there. */
export function announceNews(page: Page): void {
  const { store } = page.session;
  let before: ReadonlyMap<string, Message> | undefined;
  store.watch(
    ({ messages }) => messages,
    (messages) => {
      const place = openPlace(store.state)?.id;
      const heard = before;
      before = store.state.loaded ? new Map(messages.map((message) => [message.id, message])) : undefined;
      if (heard === undefined || before === undefined) return;
      const news = messages.filter((message) => message.place === place && !isBy(message, store.state.me));
      for (const message of news) page.announcer.say(said(page, message, heard.get(message.id)));
    },
  );
}

/** Empty where a mention is announced as a toast already, or where nothing was said anew. */
function said({ session }: Page, message: Message, before: Message | undefined): string {
  const { world, me } = session.store.state;
  if (before === message || before?.summary === message.summary) return '';
  if (before === undefined && message.mentions.includes(me)) return '';
  return `${authorOf(world, message.author).name}: ${message.summary || message.text}`;
}
