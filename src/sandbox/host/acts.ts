import { randomUUID } from 'node:crypto';
import type { ActionAnswer, ActOnMessage, Answer, FoundRow, Look, Press, Say, Search, SignIn } from '../page/api.ts';
import { rowsIn } from '../teams/card-search.ts';
import { activityId } from '../teams/driver.ts';
import type { Message } from '../teams/message.ts';
import { split } from '../teams/rooms.ts';
import type { Place, Room } from '../teams/rooms.ts';
import type { TeamsStandIn } from '../teams/stand-in.ts';
import { findButton, touchedInputs } from './button.ts';
import { HostedActions } from './message-actions.ts';
import { readersOf } from './message-view.ts';
import { answerTo } from './press-answer.ts';

/** Something was asked for that cannot be done; the text is for the page. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

/** What people do on the page, done through the driver: the bot gets what Teams would send. */
export class Acts {
  readonly #teams: TeamsStandIn;
  readonly #actions: HostedActions;
  readonly #onSignedIn: (message: string, handle: string) => void;

  constructor(teams: TeamsStandIn, onSignedIn: (message: string, handle: string) => void) {
    this.#teams = teams;
    this.#actions = new HostedActions(teams);
    this.#onSignedIn = onSignedIn;
  }

  /** Outside of personal chats the bot hears only what mentions it. */
  async say({ as, place: id, thread, text }: Say): Promise<Message> {
    const { world, driver } = this.#teams;
    const room = this.#room(as, id);
    const place = this.#place(room, thread);
    const isHeard = room.kind === 'personal' || text.includes(`@${world.cast.bot.name}`);
    if (!isHeard) return world.say({ kind: 'person', handle: as }, place, { text });
    return world.get(activityId(await driver.says(as, text, place)));
  }

  async press(press: Press): Promise<Answer> {
    const message = this.#message(press.as, press.message);
    const found = findButton(this.#teams.world, message, press);
    if (found === undefined) throw new Impossible('The card has no such button.');
    const place = this.#teams.driver.placeOf(message);
    const options = { place, card: found.where, where: (action: unknown) => action === found.action };
    const inputs = touchedInputs(found, press.inputs);
    const sent = await this.#teams.driver.presses(press.as, press.action.title, inputs, options);
    return answerTo(sent, message.id);
  }

  /** What a client does by itself with a card in sight. */
  async look({ as, message }: Look): Promise<void> {
    await this.#teams.driver.looksAt(as, this.#message(as, message));
  }

  async search({ as, message, text }: Search): Promise<readonly FoundRow[]> {
    const shown = this.#message(as, message);
    return rowsIn(await this.#teams.driver.searches(as, text, { place: this.#teams.driver.placeOf(shown), message }));
  }

  action(action: ActOnMessage): Promise<ActionAnswer> {
    return this.#actions.act(action, this.#message(action.as, action.message));
  }

  /** In the sign-in window: of a message that asks for it, or of a press that waits for it. */
  async signIn({ as, message: id, login, choice, other }: SignIn): Promise<Answer> {
    const message = this.#message(as, id ?? login ?? '');
    if (other !== undefined && this.#teams.world.cast.people.every(({ handle }) => handle !== other)) {
      throw new Impossible(`Nobody here is called ${other}.`);
    }
    const how = { ok: {}, cancel: { cancel: true }, 'other-account': { as: other ?? as } }[choice];
    const sent = await this.#teams.driver.signsIn(as, { message: message.id, ...how });
    const answer = answerTo(sent, message.id);
    if (choice === 'ok' && answer.kind !== 'error') this.#onSignedIn(message.id, as);
    return answer;
  }

  #room(handle: string, id: string): Room {
    const room = this.#teams.world.rooms.find(id);
    if (room?.members.includes(handle) !== true) throw new Impossible('There is no such place for this person.');
    return room;
  }

  #place(room: Room, thread: string | undefined): Place {
    if (room.kind !== 'channel') return { kind: room.kind, room: room.id };
    const root = thread === undefined ? undefined : this.#teams.world.find(thread);
    const isHere = root !== undefined && split(root.conversation).room === room.id && root.replyTo === undefined;
    if (thread !== undefined && !isHere) throw new Impossible('There is no such thread in this channel.');
    return { kind: 'channel', room: room.id, thread: thread ?? `begun ${randomUUID()}` };
  }

  #message(handle: string, id: string): Message {
    const { world } = this.#teams;
    const message = world.find(id);
    const isSeen = message !== undefined && !message.deleted && readersOf(world, message).includes(handle);
    if (!isSeen) throw new Impossible('There is no such message for this person.');
    return message;
  }
}
