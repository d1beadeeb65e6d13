import { SECOND } from '../duration.ts';
import type { Message, PageEvents } from '../api.ts';
import { withMessage } from './conversation.ts';
import { openPlace, type State } from './state.ts';

/** The bot's typing mark goes by itself when nothing follows. */
export const TYPING_LASTS = 6 * SECOND;
export const LINES_KEPT = 600;
const TOASTS_KEPT = 3;

/** What a message that has just come changes. */
export function arrived(state: State, message: Message): Partial<State> {
  const messages = withMessage(state.messages, message);
  const typing = message.author.kind === 'bot' ? withoutTyping(state, message) : state.typing;
  const isMine = message.author.kind === 'person' && message.author.handle === state.me;
  const isNew = messages.length > state.messages.length;
  if (!isNew || isMine || openPlace(state)?.id === message.place) return { messages, typing };
  const { count, mentioned } = state.unread[message.place] ?? { count: 0, mentioned: false };
  const unread = { count: count + 1, mentioned: mentioned || message.mentions.includes(state.me) };
  return { messages, typing, unread: { ...state.unread, [message.place]: unread } };
}

/** What a changed message changes. A card that all see replaces the own view. */
export function edited(state: State, message: Message): Partial<State> {
  const before = state.messages.find(({ id }) => id === message.id);
  const messages = withMessage(state.messages, message);
  const isSame = JSON.stringify(before?.card) === JSON.stringify(message.card);
  const isShared = message.edited && (before?.edited === false || !isSame);
  const ownViews = isShared ? state.ownViews.filter((id) => id !== message.id) : state.ownViews;
  const isLoginAsked = state.notes[message.id]?.kind === 'login';
  const notes = isSame || isLoginAsked ? state.notes : without(state.notes, message.id);
  return { messages, ownViews, notes };
}

export function deleted({ messages }: State, gone: PageEvents['delete']): Partial<State> {
  return { messages: messages.filter(({ id }) => id !== gone.id) };
}

export function typed(state: State, { place, thread }: PageEvents['typing'], now: number): Partial<State> {
  const typing = { place, thread, until: now + TYPING_LASTS };
  return { typing: [...withoutTyping(state, { place, thread }), typing] };
}

export function called({ wire }: State, line: PageEvents['wire']): Partial<State> {
  return wire.some(({ n }) => n === line.n) ? {} : { wire: [...wire, line].slice(-LINES_KEPT) };
}

export function toasted({ toasts }: State, toast: PageEvents['toast']): Partial<State> {
  const n = (toasts.at(-1)?.n ?? 0) + 1;
  return { toasts: [...toasts, { ...toast, n }].slice(-TOASTS_KEPT) };
}

export function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function withoutTyping(
  { typing }: State,
  at: { readonly place: string; readonly thread?: string | undefined },
): State['typing'] {
  return typing.filter(({ place, thread }) => place !== at.place || thread !== at.thread);
}
