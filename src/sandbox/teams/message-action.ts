import { randomUUID } from 'node:crypto';
import type { Sent } from './bot-line.ts';
import { buttonsOf, inputsOf, type Card } from './card.ts';
import type { Invokes } from './invokes.ts';
import { isJson, list, record, words, type Json } from './json.ts';
import type { Message } from './message.ts';
import { split } from './rooms.ts';
import type { Bending, Stage } from './stage.ts';

/** An action of the app in the menu of a message. */
export interface MessageAction {
  readonly handle: string;
  readonly message: Message;
  /** As the manifest names it. */
  readonly command: string;
}

/** What the client does with the answer to an action. */
export type Dialog =
  | { readonly is: 'card'; readonly title: string; readonly card: Card }
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'sign-in'; readonly title: string; readonly link: string }
  /** Closed without a word, or nothing that a client could read. */
  | { readonly is: 'nothing' };

/** Uses actions on messages, and fills in the dialogs that they open. */
export class MessageActions {
  readonly #stage: Stage;
  readonly #invokes: Invokes;

  constructor(stage: Stage, invokes: Invokes) {
    this.#stage = stage;
    this.#invokes = invokes;
  }

  /** `state`: what the window for signing in left. */
  open(action: MessageAction, state?: string, bending: Bending = {}): Promise<Sent> {
    return this.#send('composeExtension/fetchTask', action, state === undefined ? {} : { state }, bending);
  }

  submit(action: MessageAction, card: Card, typed: Readonly<Record<string, string>>): Promise<Sent> {
    const filled = inputsOf(card).map(({ id, value }) => [id, typed[id] ?? value] as const);
    const data = { ...record(buttonsOf(card)[0]?.action['data']), ...Object.fromEntries(filled) };
    return this.#send('composeExtension/submitAction', action, { data }, {});
  }

  #send(name: string, { handle, message, command }: MessageAction, more: Json, bending: Bending): Promise<Sent> {
    const value = {
      commandId: command,
      commandContext: 'message',
      requestId: randomUUID().replaceAll('-', ''),
      messagePayload: this.#payload(message),
      context: { theme: 'default' },
      ...more,
    };
    return this.#invokes.send({ handle, conversation: message.conversation, name, value, message: undefined }, bending);
  }

  #payload(message: Message): Json {
    const { id, replyTo, conversation, text, attachments, sentAt } = message;
    const { room } = split(conversation);
    return {
      linkToMessage: `https://teams.microsoft.com/l/message/${room}/${id}`,
      id,
      replyToId: replyTo ?? null,
      createdDateTime: new Date(sentAt).toISOString(),
      lastModifiedDateTime: null,
      deleted: false,
      summary: null,
      importance: 'normal',
      locale: 'en-us',
      body: { contentType: 'html', content: `<div><div>${escaped(text)}</div>\n</div>` },
      from: this.#from(message),
      reactions: [],
      mentions: [],
      attachments: attachments.map(({ contentType, content }) => ({ contentType, content: JSON.stringify(content) })),
    };
  }

  #from({ author }: Message): Json {
    const { cast } = this.#stage.world;
    if (author.kind === 'bot') {
      const application = { applicationIdentityType: 'bot', id: cast.bot.id, displayName: cast.bot.name };
      return { device: null, conversation: null, user: null, application };
    }
    const { oid, name } = cast.person(author.handle);
    const user = { userIdentityType: 'aadUser', id: oid, displayName: name };
    return { device: null, conversation: null, user, application: null };
  }
}

export function dialogIn({ status, body }: Sent): Dialog {
  const { task, composeExtension } = record(body);
  if (status !== 200) return { is: 'nothing' };
  const { type, value } = record(task);
  if (type === 'message') return { is: 'words', text: words(value) ?? '' };
  const card = record(record(value)['card'])['content'];
  if (type === 'continue' && isJson(card)) return { is: 'card', title: words(record(value)['title']) ?? '', card };
  const { type: wanted, suggestedActions } = record(composeExtension);
  const [action] = list(record(suggestedActions)['actions']).filter(isJson);
  if (wanted !== 'auth' || action === undefined) return { is: 'nothing' };
  return { is: 'sign-in', title: words(action['title']) ?? '', link: words(action['value']) ?? '' };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}
