import type { DefenderStandIn } from '../defender/stand-in.ts';
import type { StandInAction } from '../defender/stand-in-action.ts';
import type { WireEntry } from '../defender/wire-log.ts';
import type { Happening } from '../drill/happening.ts';
import { buttonsOf } from '../teams/card.ts';
import { datasetOf } from '../teams/card-search.ts';
import { record, words } from '../teams/json.ts';
import type { Message } from '../teams/message.ts';
import { split } from '../teams/rooms.ts';
import type { TeamsWorld } from '../teams/teams-world.ts';
import { mentionedPeople } from './message-view.ts';
import { PEOPLE } from './people.ts';

/** What a new message means. */
export function messageHappenings(world: TeamsWorld, message: Message): readonly Happening[] {
  const { author, conversation } = message;
  if (author.kind === 'bot') {
    const told = mentionedPeople(world, message).map((whom) => ({ is: 'told', whom }) as const);
    return [...cardHappenings(world, message), ...told];
  }
  const isPersonal = world.rooms.get(split(conversation).room).kind === 'personal';
  const isHeard = isPersonal || message.text.includes(`@${world.cast.bot.name}`);
  return isHeard ? [{ is: 'said', by: author.handle, conversation }] : [];
}

/** What a card means that was drawn, or drawn anew. */
export function cardHappenings(world: TeamsWorld, message: Message): readonly Happening[] {
  const card = message.revisions.at(-1)?.card;
  if (card === undefined || message.author.kind !== 'bot') return [];
  const verbs = buttonsOf(card).flatMap(({ action }) => words(action['verb']) ?? []);
  const searches = datasetOf(card) !== undefined;
  return [{ is: 'shown', conversation: message.conversation, message: message.id, verbs, searches }];
}

export function actionHappening(defender: DefenderStandIn, action: StandInAction): Happening {
  const { id, device, type, status, requestor } = action;
  const asleep = defender.moods.find('asleep', { device }) !== undefined;
  return { is: 'action', id, device, type, status, asleep, by: handleOf(requestor) };
}

/** Defender was asked for a scan, and said by a refusal or by somebody else's scan that one runs. */
export function callHappenings(entry: WireEntry): readonly Happening[] {
  const [, device] = /\/machines\/([0-9a-f]+)\/runAntiVirusScan$/i.exec(entry.path) ?? [];
  const by = handleOf(entry.caller);
  if (device === undefined || by === undefined) return [];
  const answer = record(entry.answerBody);
  const isRefused = record(answer['error'])['code'] === 'ActiveRequestAlreadyExists';
  const isTheirs = entry.status === 201 && answer['requestor'] !== entry.caller;
  return isRefused || isTheirs ? [{ is: 'busy', by, device: device.toLowerCase() }] : [];
}

function handleOf(upn: string): string | undefined {
  return PEOPLE.find((person) => person.upn === upn)?.handle;
}
