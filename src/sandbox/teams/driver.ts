import {
  deleteActivity,
  editActivity,
  installationActivity,
  joinedActivity,
  leftActivity,
  messageActivity,
} from './activity.ts';
import { NO_TOKEN, type Delivery, type Sent } from './bot-line.ts';
import { CardPress, type PressOptions } from './card-press.ts';
import { CardSearch, datasetOf } from './card-search.ts';
import { Invokes } from './invokes.ts';
import { record, type Json } from './json.ts';
import { MessageActions } from './message-action.ts';
import type { Message } from './message.ts';
import { Onlooker } from './onlooker.ts';
import type { Place } from './rooms.ts';
import { SignInPlay, type SignInOptions } from './sign-in-play.ts';
import { bent, sceneOf, type Bending, type Stage } from './stage.ts';

export interface SayOptions extends Bending {
  /** In channels and group chats people mention the bot; false sends the words without. */
  readonly mention?: boolean;
}

export interface OfMessage extends Bending {
  readonly place?: Place;
  /** Instead of the newest message of that person there. */
  readonly message?: string;
}

/** Plays the people: what they do in Teams becomes a signed activity for the bot. Answers when the bot has. */
export class Driver extends Onlooker {
  readonly #stage: Stage;
  readonly #invokes: Invokes;
  readonly #press: CardPress;
  readonly #search: CardSearch;
  /** In the menu of each message. */
  readonly actions: MessageActions;
  readonly #signIn: SignInPlay;

  constructor(stage: Stage) {
    super(stage.world, stage.events);
    this.#stage = stage;
    this.#invokes = new Invokes(stage);
    this.#press = new CardPress(stage, this.#invokes);
    this.actions = new MessageActions(stage, this.#invokes);
    this.#search = new CardSearch(stage, this.#invokes);
    this.#signIn = new SignInPlay(stage, this.#invokes);
  }

  /** Writing to the bot in a personal chat installs it there. */
  async says(
    handle: string,
    text: string,
    place: Place = this.channelThread(),
    options: SayOptions = {},
  ): Promise<Sent> {
    const { world, line } = this.#stage;
    if (place.kind === 'personal') world.rooms.install(world.rooms.get(place.room));
    const withMention = place.kind !== 'personal' && options.mention !== false;
    const entities = withMention ? [{ type: 'mention', mentioned: world.cast.bot }] : [];
    const message = world.say({ kind: 'person', handle }, place, { text, entities });
    const activity = messageActivity(sceneOf(this.#stage, handle, message.conversation), message.id, text, withMention);
    return line.send(bent(activity, options), options);
  }

  /** Presses a button by its title, on the newest card of the place that has one. Inputs go by their ids. */
  async presses(
    handle: string,
    title: string,
    inputs: Readonly<Record<string, string>> = {},
    options: PressOptions = {},
  ): Promise<Sent> {
    const place = options.place ?? this.channelThread();
    return this.#press.press({ handle, title, inputs }, this.conversation(place), options);
  }

  /** Types into the field of the newest card there that searches; an empty text only opens it. */
  async searches(handle: string, text: string, options: OfMessage = {}): Promise<Sent> {
    const cards = this.cardMessages(options.place).filter(({ id }) => datasetOf(this.viewOf(handle, id)) !== undefined);
    const { message } = options;
    const card = message === undefined ? cards.at(-1) : cards.find(({ id }) => id === message);
    if (card === undefined) throw new Error('No card here has a field that searches.');
    return this.#search.search(handle, card, text, options);
  }

  /** Opens a place: each card with a refresh for this person asks the bot for their view, automatically. */
  async looks(handle: string, place: Place = this.channelThread()): Promise<readonly Sent[]> {
    const sent: Sent[] = [];
    for (const message of this.cardMessages(place)) {
      const answer = await this.#press.refresh(handle, message);
      if (answer !== undefined) sent.push(answer);
    }
    return sent;
  }

  /** The same for one message. */
  async looksAt(handle: string, message: Message): Promise<void> {
    await this.#press.refresh(handle, message);
  }

  /** Follows the newest request to sign in: in one place, or wherever it came; or the one of a message. */
  async signsIn(handle: string, options: SignInOptions & Pick<OfMessage, 'place' | 'message'> = {}): Promise<Sent> {
    const { place, message } = options;
    const conversation = place === undefined ? undefined : this.conversation(place);
    const { requests } = this.#stage;
    const request = message === undefined ? requests.newest(handle, conversation) : requests.ofMessage(handle, message);
    if (request === undefined) throw new Error(`Nobody asked ${handle} to sign in.`);
    return this.#signIn.play(request, options);
  }

  /** Has been signed in since long ago: the Token Service knows a token. */
  async isSignedIn(handle: string): Promise<void> {
    const { signIns, world } = this.#stage;
    const person = world.cast.person(handle);
    await signIns.keep(signIns.keyOf(person.teamsId), person.oid);
  }

  /** Changes what was said before. */
  async edits(handle: string, text: string, options: OfMessage = {}): Promise<Sent> {
    const { world, line } = this.#stage;
    const message = this.#own(handle, options);
    world.edit(message.id, { text });
    const scene = sceneOf(this.#stage, handle, message.conversation);
    const said = messageActivity(scene, message.id, text, scene.room.kind !== 'personal');
    return line.send(bent(editActivity(scene, message.id, said), options), options);
  }

  async deletes(handle: string, options: OfMessage = {}): Promise<Sent> {
    const { world, line } = this.#stage;
    const message = this.#own(handle, options);
    world.remove(message.id);
    const scene = sceneOf(this.#stage, handle, message.conversation);
    return line.send(bent(deleteActivity(scene, message.id), options), options);
  }

  /** Adds the bot: first it becomes a member, then it is told of the installation. */
  async installs(place: Place, by = this.#someoneIn(place)): Promise<readonly Sent[]> {
    const { world } = this.#stage;
    const scene = sceneOf(this.#stage, by, place.room);
    world.rooms.install(scene.room);
    const person = { id: scene.person.teamsId, aadObjectId: scene.person.oid };
    const bot = { id: scene.bot.id };
    const added = place.kind === 'personal' ? [bot, person] : [bot];
    return this.#tell([joinedActivity(scene, added), installationActivity(scene, 'add')]);
  }

  async uninstalls(place: Place, by = this.#someoneIn(place)): Promise<readonly Sent[]> {
    const { world } = this.#stage;
    const scene = sceneOf(this.#stage, by, place.room);
    world.rooms.uninstall(scene.room);
    const left = place.kind === 'personal' ? [] : [leftActivity(scene, [{ id: scene.bot.id }])];
    return this.#tell([...left, installationActivity(scene, 'remove')]);
  }

  /** Any invoke at all, as this person in this place. */
  async invokes(handle: string, name: string, value: Json, options: OfMessage = {}): Promise<Sent> {
    const conversation = this.conversation(options.place ?? this.channelThread());
    return this.#invokes.send({ handle, conversation, name, value, message: options.message }, options);
  }

  /** Whatever it is: an activity sent before, or a forged one. Signed properly unless a token is given. */
  async sends(activity: unknown, delivery: Delivery = {}): Promise<Sent> {
    return this.#stage.line.send(activity, delivery);
  }

  /** Without any Authorization header. */
  async sendsUnsigned(activity: unknown): Promise<Sent> {
    return this.sends(activity, { token: NO_TOKEN });
  }

  async #tell(activities: readonly Json[]): Promise<readonly Sent[]> {
    const sent: Sent[] = [];
    for (const activity of activities) sent.push(await this.#stage.line.send(activity));
    return sent;
  }

  #someoneIn(place: Place): string {
    const [first] = this.#stage.world.rooms.get(place.room).members;
    if (first === undefined) throw new Error('Nobody is in this place.');
    return first;
  }

  #own(handle: string, options: OfMessage): Message {
    const { world } = this.#stage;
    if (options.message !== undefined) return world.get(options.message);
    const own = this.messages(options.place).filter(
      ({ author }) => author.kind === 'person' && author.handle === handle,
    );
    const newest = own.at(-1);
    if (newest === undefined) throw new Error(`${handle} has said nothing here.`);
    return newest;
  }
}

/** The id that the bot was given for a message or an invoke. */
export function activityId(sent: Sent): string {
  return String(record(sent.activity)['id']);
}
