import { oauthCardIn } from './card.ts';
import type { EventStream } from './event-stream.ts';
import { isJson, list, record, words, type Json } from './json.ts';
import type { Message } from './message.ts';
import { split } from './rooms.ts';
import type { TeamsWorld } from './teams-world.ts';

/** What a request to sign in offers, be it a card or the answer to a press. */
export interface Offer {
  readonly connectionName: string;
  readonly link: string | undefined;
  readonly exchange: { readonly id: string; readonly uri: string } | undefined;
}

/** One person is asked to sign in: by an OAuth card in the chat, or in answer to a press that then waits. */
export type SignInRequest = { readonly handle: string; readonly conversation: string; readonly offer: Offer } & (
  | { readonly kind: 'oauth-card'; readonly message: string }
  | { readonly kind: 'login'; readonly value: Json; readonly message: string | undefined }
);

/** The newest request for every person and conversation. */
export class SignInRequests {
  readonly #requests = new Map<string, SignInRequest>();
  readonly #world: TeamsWorld;

  constructor(world: TeamsWorld, events: EventStream) {
    this.#world = world;
    events.on('message', (message) => {
      this.#notice(message);
    });
  }

  put(request: SignInRequest): void {
    // Taken out first, so that the newest is the last one in the map.
    this.drop(request);
    this.#requests.set(keyOf(request), request);
  }

  drop(request: SignInRequest): void {
    this.#requests.delete(keyOf(request));
  }

  /** Of one conversation, or the newest anywhere. */
  newest(handle: string, conversation?: string): SignInRequest | undefined {
    return [...this.#requests.values()].findLast(
      (request) =>
        request.handle === handle &&
        (conversation === undefined || request.conversation === conversation) &&
        (request.kind === 'login' || !this.#world.get(request.message).deleted),
    );
  }

  /** What this message asks of this person: the press on it that waits, else the card in it, however old. */
  ofMessage(handle: string, id: string): SignInRequest | undefined {
    const waiting = [...this.#requests.values()].find((one) => one.handle === handle && one.message === id);
    const message = this.#world.get(id);
    return waiting ?? (message.deleted ? undefined : requestIn(message, handle));
  }

  #notice(message: Message): void {
    if (message.author.kind !== 'bot') return;
    const { members } = this.#world.rooms.get(split(message.conversation).room);
    const readers = message.onlyFor === undefined ? members : [message.onlyFor];
    for (const handle of readers) {
      const request = requestIn(message, handle);
      if (request !== undefined) this.put(request);
    }
  }
}

function requestIn(message: Message, handle: string): SignInRequest | undefined {
  const card = oauthCardIn(message.attachments);
  if (card === undefined) return undefined;
  const { conversation, id } = message;
  return { kind: 'oauth-card', handle, conversation, message: id, offer: offerIn(card) };
}

export function offerIn(card: Json): Offer {
  const button = list(card['buttons']).find(isJson);
  const exchange = record(card['tokenExchangeResource']);
  const id = words(exchange['id']);
  return {
    connectionName: words(card['connectionName']) ?? '',
    link: words(button?.['value']),
    exchange: id === undefined ? undefined : { id, uri: words(exchange['uri']) ?? '' },
  };
}

function keyOf(request: SignInRequest): string {
  return `${request.handle} ${request.conversation}`;
}
