import { z } from 'zod';
import type { SandboxPerson } from '../person.ts';
import { json, type HttpAnswer, type HttpCall, type HttpRoute } from '../http.ts';
import type { Connector } from './connector.ts';
import { connectorError, objection, outboundSchema } from './outbound.ts';
import { split, type Room } from './rooms.ts';
import type { TeamsWorld } from './teams-world.ts';

const wanted = z.looseObject({
  isGroup: z.boolean().nullish(),
  members: z.array(z.looseObject({ id: z.string() })).nullish(),
  tenantId: z.string().nullish(),
  channelData: z.looseObject({ channel: z.looseObject({ id: z.string() }).nullish() }).nullish(),
  activity: outboundSchema.nullish(),
});

type Wanted = z.infer<typeof wanted>;

/** Conversations of the Connector REST API: who is in one, and beginning a new one. */
export class Roster {
  readonly #world: TeamsWorld;
  readonly #connector: Connector;

  constructor(world: TeamsWorld, connector: Connector) {
    this.#world = world;
    this.#connector = connector;
  }

  routes(): readonly HttpRoute[] {
    const members = '/v3/conversations/:conversation/members';
    const paged = '/v3/conversations/:conversation/pagedmembers';
    return [
      { method: 'POST', path: '/v3/conversations', answer: (call) => this.#create(call) },
      { method: 'GET', path: members, answer: (call) => this.#among(call, (people) => json(200, people)) },
      { method: 'GET', path: paged, answer: (call) => this.#among(call, (people) => json(200, { members: people })) },
      { method: 'GET', path: `${members}/:member`, answer: (call) => this.#member(call) },
    ];
  }

  #create(call: HttpCall): HttpAnswer {
    const read = wanted.safeParse(call.body);
    if (!read.success) return connectorError(400, 'BadArgument', 'Invalid request payload');
    const { tenantId, activity } = read.data;
    if (tenantId !== undefined && tenantId !== null && tenantId !== this.#world.cast.tenantId) {
      return connectorError(400, 'BadArgument', 'Unknown tenant.');
    }
    const fault = activity ? objection(activity, call.text) : undefined;
    if (fault !== undefined) return fault;
    const channel = read.data.channelData?.channel?.id;
    return channel === undefined ? this.#personal(read.data) : this.#thread(read.data, channel);
  }

  /** A chat with one person, the same one each time; the bot cannot make group chats. */
  #personal(asked: Wanted): HttpAnswer {
    const [member, ...others] = asked.members ?? [];
    const person = member === undefined ? undefined : this.#world.cast.byId(member.id);
    if (asked.isGroup === true || person === undefined || others.length > 0) {
      return connectorError(400, 'BadSyntax', 'Incorrect conversation creation parameters');
    }
    const room = this.#world.rooms.personal(person.handle);
    if (!this.#world.rooms.hasBot(room)) return notThere();
    if (!asked.activity) return json(201, { id: room.id });
    return json(201, { id: room.id, activityId: this.#connector.post({ room, root: undefined }, asked.activity) });
  }

  #thread(asked: Wanted, channel: string): HttpAnswer {
    const room = this.#world.rooms.find(channel);
    if (room?.kind !== 'channel') return connectorError(404, 'ConversationNotFound', 'Conversation not found.');
    if (!this.#world.rooms.hasBot(room)) return notThere();
    if (!asked.activity) return connectorError(400, 'BadSyntax', 'Incorrect conversation creation parameters');
    const activityId = this.#connector.post({ room, root: undefined }, asked.activity);
    const id = activityId === undefined ? undefined : this.#world.get(activityId).conversation;
    return json(201, { id, activityId });
  }

  #among(call: HttpCall, answer: (members: readonly unknown[]) => HttpAnswer): HttpAnswer {
    const room = this.#room(call);
    if (room === undefined) return connectorError(404, 'ConversationNotFound', 'Conversation not found.');
    if (!this.#world.rooms.hasBot(room)) return notThere();
    return answer(room.members.map((handle) => this.#shown(this.#world.cast.person(handle))));
  }

  #member(call: HttpCall): HttpAnswer {
    return this.#among(call, () => {
      const person = this.#world.cast.byId(call.params['member'] ?? '');
      const isMember = person !== undefined && this.#room(call)?.members.includes(person.handle) === true;
      if (!isMember) return connectorError(404, 'MemberNotFoundInConversation', 'Member not found.');
      return json(200, this.#shown(person));
    });
  }

  #room(call: HttpCall): Room | undefined {
    return this.#world.rooms.find(split(call.params['conversation'] ?? '').room);
  }

  #shown(person: SandboxPerson): unknown {
    const isGuest = person.tenantId !== this.#world.cast.tenantId;
    return {
      id: person.teamsId,
      name: person.name,
      aadObjectId: person.oid,
      objectId: person.oid,
      email: person.upn,
      userPrincipalName: person.upn,
      tenantId: this.#world.cast.tenantId,
      userRole: isGuest ? 'guest' : 'user',
    };
  }
}

function notThere(): HttpAnswer {
  return connectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
}
