import type { Clock } from '../../scan/ports.ts';
import type { Scene } from './activity.ts';
import type { BotLine } from './bot-line.ts';
import type { EventStream } from './event-stream.ts';
import { record, without, type Json } from './json.ts';
import { split } from './rooms.ts';
import type { AssertionFor, SignIns } from './sign-ins.ts';
import type { SignInRequests } from './sign-in-requests.ts';
import type { TeamsWorld } from './teams-world.ts';

/** What the people's clients work with. */
export interface Stage {
  readonly world: TeamsWorld;
  readonly events: EventStream;
  readonly line: BotLine;
  readonly signIns: SignIns;
  readonly requests: SignInRequests;
  readonly assertionFor: AssertionFor;
  readonly serviceUrl: string;
  readonly clock: Clock;
}

/** An activity as it would go out, to be bent before it does. */
export type Change = (activity: Json) => unknown;

export interface Bending {
  readonly change?: Change;
  /** Instead of the served tenant, in both places where an activity names it; `none` leaves both out. */
  readonly tenant?: string;
  /** Instead of a proper channel token; empty for none. */
  readonly token?: string;
}

export function sceneOf(stage: Stage, handle: string, conversation: string): Scene {
  const { cast, rooms } = stage.world;
  return {
    person: cast.person(handle),
    bot: cast.bot,
    room: rooms.get(split(conversation).room),
    team: rooms.team,
    conversation,
    tenantId: cast.tenantId,
    serviceUrl: stage.serviceUrl,
    at: stage.clock.now(),
  };
}

export function bent(activity: Json, bending: Bending): unknown {
  const moved = bending.tenant === undefined ? activity : inTenant(activity, bending.tenant);
  return bending.change === undefined ? moved : bending.change(moved);
}

function inTenant(activity: Json, tenant: string): Json {
  const conversation = without(record(activity['conversation']), 'tenantId');
  const channelData = without(record(activity['channelData']), 'tenant');
  if (tenant === 'none') return { ...activity, conversation, channelData };
  return {
    ...activity,
    conversation: { ...conversation, tenantId: tenant },
    channelData: { ...channelData, tenant: { id: tenant } },
  };
}
