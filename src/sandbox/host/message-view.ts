import type { Message as Shown } from '../page/api.ts';
import type { Handle } from '../page/world.ts';
import { oauthCardIn, titleOf } from '../teams/card.ts';
import { isJson, list, record, words } from '../teams/json.ts';
import { mentionsIn } from '../teams/mention.ts';
import type { Message } from '../teams/message.ts';
import { split } from '../teams/rooms.ts';
import type { TeamsWorld } from '../teams/teams-world.ts';
import { handlesIn, htmlOf, plainOf } from './message-html.ts';

const LONGEST_SUMMARY = 140;

/** The place of a message: its room, and in a channel the first message of its thread. */
export function placeOf(message: Pick<Message, 'conversation'>): { readonly place: string; readonly thread?: string } {
  const { room: place, root: thread } = split(message.conversation);
  return thread === undefined ? { place } : { place, thread };
}

/** Everybody who sees it. */
export function readersOf(world: TeamsWorld, message: Message): readonly Handle[] {
  const { members } = world.rooms.get(split(message.conversation).room);
  return message.onlyFor === undefined ? members : members.filter((handle) => handle === message.onlyFor);
}

/** Whom it calls: in the text or in the card. */
export function mentionedPeople(world: TeamsWorld, message: Message): readonly Handle[] {
  const inCard = mentionsIn(message).map(({ id }) => world.cast.byId(id)?.handle);
  const handles = [...handlesIn(message, world.cast), ...inCard.filter((handle) => handle !== undefined)];
  return [...new Set(handles)];
}

/** A message as one person sees it. */
export function messageView(world: TeamsWorld, message: Message, handle: Handle, hasSignedIn: boolean): Shown {
  const html = htmlOf(message, world.cast);
  const card = world.viewOf(handle, message);
  const oauth = oauthCardIn(message.attachments);
  return {
    id: message.id,
    ...placeOf(message),
    author: message.author,
    text: plainOf(html),
    html,
    ...(card === undefined ? {} : { card }),
    ...(world.asksForView(handle, message) && { asksForView: true }),
    ...(oauth === undefined ? {} : { signIn: signInOf(oauth, hasSignedIn) }),
    at: message.sentAt,
    edited: message.editedAt !== undefined,
    mentions: mentionedPeople(world, message),
    summary: summaryOf(message, oauth === undefined ? plainOf(html) : (words(oauth['text']) ?? '')),
  };
}

function signInOf(card: Readonly<Record<string, unknown>>, done: boolean): NonNullable<Shown['signIn']> {
  const button = record(list(card['buttons']).find(isJson));
  return { text: words(card['text']) ?? '', button: words(button['title']) ?? 'Sign in', done };
}

function summaryOf(message: Message, text: string): string {
  const card = message.revisions.at(-1)?.card;
  const summary = message.summary ?? (card === undefined ? text : titleOf(card));
  return summary.length > LONGEST_SUMMARY ? `${summary.slice(0, LONGEST_SUMMARY)}…` : summary;
}
