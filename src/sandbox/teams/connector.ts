import type { Clock } from '../../scan/ports.ts';
import { json, type HttpAnswer, type HttpCall, type HttpRoute } from '../http.ts';
import type { Content } from './message.ts';
import type { Moods } from './moods.ts';
import { attachmentsOf, connectorError, objection, outboundSchema, type Outbound } from './outbound.ts';
import { split, type Room } from './rooms.ts';
import type { TeamsWorld } from './teams-world.ts';
import { ThreadRate } from './thread-rate.ts';

const BOT = { kind: 'bot' } as const;

/** Where in the world a call points to. */
interface Spot {
  readonly room: Room;
  readonly root: string | undefined;
}

type Found<Thing> = { readonly ok: true; readonly it: Thing } | { readonly ok: false; readonly answer: HttpAnswer };

/** Messages of the Connector REST API: send, update, delete. */
export class Connector {
  readonly #world: TeamsWorld;
  readonly #moods: Moods;
  readonly #clock: Clock;
  readonly #rate = new ThreadRate();

  constructor(world: TeamsWorld, moods: Moods, clock: Clock) {
    this.#world = world;
    this.#moods = moods;
    this.#clock = clock;
  }

  routes(): readonly HttpRoute[] {
    const activities = '/v3/conversations/:conversation/activities';
    return [
      { method: 'POST', path: activities, answer: (call) => this.#send(call) },
      // Where the message lands is told by the conversation id alone: the id at the end moves nothing.
      { method: 'POST', path: `${activities}/:replyTo`, answer: (call) => this.#send(call) },
      { method: 'PUT', path: `${activities}/:activity`, answer: (call) => this.#update(call) },
      { method: 'DELETE', path: `${activities}/:activity`, answer: (call) => this.#remove(call) },
    ];
  }

  /** Stores what the bot says; text with a card becomes two messages, and then there is no id to answer with. */
  post(spot: Spot, activity: Outbound, onlyFor?: string): string | undefined {
    if (activity.type === 'typing') return this.#world.types(spot.room, spot.root);
    const content = { ...contentOf(activity), onlyFor };
    if (content.text === '' || !hasCard(activity))
      return this.#world.post(BOT, spot.room, { ...content, root: spot.root }).id;
    const text = this.#world.post(BOT, spot.room, { ...content, attachments: [], root: spot.root });
    const root = spot.root ?? split(text.conversation).root;
    this.#world.post(BOT, spot.room, { ...content, text: '', entities: [], root });
    return undefined;
  }

  #send(call: HttpCall): HttpAnswer {
    const spot = this.#spot(call);
    if (!spot.ok) return spot.answer;
    const activity = this.#activity(call, spot.it.room);
    if (!activity.ok) return activity.answer;
    const onlyFor = this.#reader(call, activity.it);
    if (!onlyFor.ok) return onlyFor.answer;
    const id = this.post(spot.it, activity.it, onlyFor.it);
    return json(201, id === undefined ? {} : { id });
  }

  #update(call: HttpCall): HttpAnswer {
    const spot = this.#spot(call);
    if (!spot.ok) return spot.answer;
    const id = this.#own(call, spot.it);
    if (!id.ok) return id.answer;
    const activity = this.#activity(call, spot.it.room);
    if (!activity.ok) return activity.answer;
    this.#world.edit(id.it, contentOf(activity.it));
    return json(200, { id: id.it });
  }

  #remove(call: HttpCall): HttpAnswer {
    const spot = this.#spot(call);
    if (!spot.ok) return spot.answer;
    const id = this.#own(call, spot.it);
    if (!id.ok) return id.answer;
    this.#world.remove(id.it);
    return json(200);
  }

  #spot(call: HttpCall): Found<Spot> {
    const { room: id, root } = split(call.params['conversation'] ?? '');
    const room = this.#world.rooms.find(id);
    const isThere = room !== undefined && (root === undefined || this.#world.find(root) !== undefined);
    if (!isThere) return no(404, 'ConversationNotFound', 'Conversation not found.');
    if (!this.#world.rooms.hasBot(room)) {
      return no(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    }
    return { ok: true, it: { room, root } };
  }

  #activity(call: HttpCall, room: Room): Found<Outbound> {
    const read = outboundSchema.safeParse(call.body);
    if (!read.success) return no(400, 'BadArgument', 'Invalid request payload');
    const answer = objection(read.data, call.text) ?? this.#tooFast(room);
    return answer === undefined ? { ok: true, it: read.data } : { ok: false, answer };
  }

  #tooFast(room: Room): HttpAnswer | undefined {
    if (!this.#moods.limitsRate) return undefined;
    const seconds = this.#rate.take(room.id, this.#clock.now());
    if (seconds === undefined) return undefined;
    return json(
      429,
      { error: { code: 'Throttled', message: 'Too many requests.' } },
      { 'retry-after': String(seconds) },
    );
  }

  /** Who alone reads a targeted message; undefined for an ordinary one. */
  #reader(call: HttpCall, activity: Outbound): Found<string | undefined> {
    if (call.query.get('isTargetedActivity') !== 'true') return { ok: true, it: undefined };
    const person = this.#world.cast.byId(activity.recipient?.id ?? '');
    if (person === undefined) return no(400, 'BadArgument', 'A targeted message needs a recipient.');
    return { ok: true, it: person.handle };
  }

  #own(call: HttpCall, spot: Spot): Found<string> {
    const message = this.#world.find(call.params['activity'] ?? '');
    const isHere = message !== undefined && !message.deleted && split(message.conversation).room === spot.room.id;
    if (!isHere) return no(404, 'ActivityNotFoundInConversation', 'Conversation not found.');
    if (message.author.kind !== 'bot') return no(403, 'NotEnoughPermissions', 'The message belongs to somebody else.');
    return { ok: true, it: message.id };
  }
}

function no(status: number, code: string, message: string): { readonly ok: false; readonly answer: HttpAnswer } {
  return { ok: false, answer: connectorError(status, code, message) };
}

function hasCard(activity: Outbound): boolean {
  return attachmentsOf(activity).some((attachment) =>
    attachment.contentType.startsWith('application/vnd.microsoft.card.'),
  );
}

function contentOf(activity: Outbound): Content {
  return {
    text: activity.text ?? '',
    summary: activity.summary ?? undefined,
    attachments: attachmentsOf(activity),
    entities: activity.entities ?? [],
  };
}
