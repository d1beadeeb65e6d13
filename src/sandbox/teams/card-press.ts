import { submitActivity } from './activity.ts';
import type { Sent } from './bot-line.ts';
import { buttonsOf, inputsOf, type Button, type Card } from './card.ts';
import type { Invokes } from './invokes.ts';
import { isJson, present, record, type Json } from './json.ts';
import type { Message, Revision } from './message.ts';
import type { Place } from './rooms.ts';
import { bent, sceneOf, type Bending, type Stage } from './stage.ts';

export interface PressOptions extends Bending {
  readonly place?: Place;
  /** The id of the message to press in, or a state that it was in: a client that shows an old copy. */
  readonly card?: string | Revision;
  /** Which of several buttons of that title: the one for which this holds. */
  readonly where?: (action: Json) => boolean;
  /** Sent instead of the button's data with the inputs: forged. */
  readonly data?: Json;
  /** Presses as a client does that knows no Action.Execute. */
  readonly old?: boolean;
  readonly authentication?: Json;
  readonly state?: string;
  readonly trigger?: 'manual' | 'automatic';
}

/** What somebody has before their eyes. */
interface Shown {
  readonly message: Message;
  readonly card: Card;
}

export interface Press {
  readonly handle: string;
  readonly title: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Presses buttons on cards. */
export class CardPress {
  readonly #stage: Stage;
  readonly #invokes: Invokes;

  constructor(stage: Stage, invokes: Invokes) {
    this.#stage = stage;
    this.#invokes = invokes;
  }

  async press(press: Press, conversation: string, options: PressOptions): Promise<Sent> {
    const shown = this.#shown(press.handle, conversation, options.card);
    const { card, message, button } = found(shown, press.title, options.where);
    const action = options.old === true ? oldForm(button) : button.action;
    const data = options.data ?? merged(action, card, press.inputs);
    if (action['type'] === 'Action.Submit') return this.#submit(press.handle, message, data, options);
    return this.#execute(press.handle, message, { ...action, data }, options);
  }

  /** What the client does by itself when a card with a refresh comes into sight; nothing where it has none for this person. */
  async refresh(handle: string, message: Message): Promise<Sent | undefined> {
    const refresh = record(this.#stage.world.viewOf(handle, message)?.['refresh']);
    const { action, userIds } = refresh;
    const isMeant = !Array.isArray(userIds) || userIds.includes(this.#stage.world.cast.person(handle).teamsId);
    if (!isJson(action) || !isMeant) return undefined;
    return this.#execute(handle, message, action, { trigger: 'automatic' });
  }

  #execute(handle: string, message: Message, action: Json, options: PressOptions): Promise<Sent> {
    const { type, id, verb, data } = action;
    const { authentication, state, trigger = 'manual' } = options;
    const value = present({ action: present({ type, id, verb, data: data ?? {} }), trigger, authentication, state });
    const { conversation } = message;
    return this.#invokes.send(
      { handle, conversation, name: 'adaptiveCard/action', value, message: message.id },
      options,
    );
  }

  #submit(handle: string, message: Message, value: Json, options: PressOptions): Promise<Sent> {
    const scene = sceneOf(this.#stage, handle, message.conversation);
    return this.#stage.line.send(bent(submitActivity(scene, message.id, value), options), options);
  }

  /** What this person could press, newest first. */
  #shown(handle: string, conversation: string, wanted: string | Revision | undefined): readonly Shown[] {
    const { world } = this.#stage;
    if (typeof wanted === 'object')
      return wanted.card === undefined ? [] : [{ message: world.get(wanted.message), card: wanted.card }];
    const messages = wanted === undefined ? world.messages(conversation).toReversed() : [world.get(wanted)];
    return messages
      .filter((message) => message.onlyFor === undefined || message.onlyFor === handle)
      .flatMap((message) => {
        const card = world.viewOf(handle, message);
        return card === undefined ? [] : [{ message, card }];
      });
  }
}

function found(
  shown: readonly Shown[],
  title: string,
  where: (action: Json) => boolean = () => true,
): Shown & { readonly button: Button } {
  for (const { message, card } of shown) {
    const button = buttonsOf(card).find((candidate) => candidate.title === title && where(candidate.action));
    if (button !== undefined) return { message, card, button };
  }
  const titles = shown.flatMap(({ card }) => buttonsOf(card).map((button) => button.title));
  throw new Error(`No card here has a button “${title}”; there are: ${titles.join(', ') || 'none'}.`);
}

function oldForm(button: Button): Json {
  if (button.old === undefined) throw new Error(`An old client draws no button “${button.title}”: it has no fallback.`);
  return button.old;
}

/** A filled input wins over data of the same name; an untouched one is not sent. */
function merged(action: Json, card: Card, typed: Readonly<Record<string, string>>): Json {
  const own = record(action['data']);
  const inputs = action['associatedInputs'] === 'none' ? [] : inputsOf(card);
  const stranger = Object.keys(typed).find((id) => !inputs.some((input) => input.id === id));
  if (stranger !== undefined) throw new Error(`The card has no input “${stranger}” for this button.`);
  const filled = inputs.flatMap(({ id, value }) => {
    const now = typed[id] ?? value;
    const isEmptied = typed[id] !== undefined && !(id in own);
    return now !== '' || isEmptied ? [[id, now] as const] : [];
  });
  return { ...own, ...Object.fromEntries(filled) };
}
