import { invokeActivity } from './activity.ts';
import type { Sent } from './bot-line.ts';
import { isJson, record, words, type Json } from './json.ts';
import { offerIn } from './sign-in-requests.ts';
import { bent, sceneOf, type Bending, type Stage } from './stage.ts';

const CARD_ANSWER = 'application/vnd.microsoft.card.adaptive';
const LOGIN_ANSWER = 'application/vnd.microsoft.activity.loginRequest';

export interface Invoke {
  readonly handle: string;
  readonly conversation: string;
  readonly name: string;
  readonly value: Json;
  /** The message in which it was pressed. */
  readonly message: string | undefined;
}

/** Sends invokes, and does with the answer what a client does. */
export class Invokes {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async send(invoke: Invoke, bending: Bending = {}): Promise<Sent> {
    const scene = sceneOf(this.#stage, invoke.handle, invoke.conversation);
    const activity = bent(invokeActivity(scene, invoke.name, invoke.value, invoke.message), bending);
    const sent = await this.#stage.line.send(activity, bending);
    if (invoke.name === 'adaptiveCard/action' && sent.status === 200) this.#take(invoke, record(sent.body));
    const { handle, conversation, name, message } = invoke;
    this.#stage.events.tell('invoke-answer', {
      handle,
      conversation,
      name,
      message,
      status: sent.status,
      body: sent.body,
    });
    return sent;
  }

  /** Only an answer with HTTP 200 is read at all; its own status is inside. */
  #take(invoke: Invoke, answer: Json): void {
    const { type, value } = answer;
    if (type === CARD_ANSWER && isJson(value) && invoke.message !== undefined) {
      this.#stage.world.keepView(invoke.handle, invoke.message, value);
    }
    if (type === LOGIN_ANSWER && isJson(value)) {
      const { handle, conversation, message } = invoke;
      this.#stage.requests.put({
        kind: 'login',
        handle,
        conversation,
        message,
        value: invoke.value,
        offer: offerIn(value),
      });
    }
  }
}

/** The status that stands in the body of an `adaptiveCard/action` answer. */
export function innerStatus(sent: Sent): number | undefined {
  const status = record(sent.body)['statusCode'];
  return typeof status === 'number' ? status : undefined;
}

/** What kind of answer it is. */
export function innerType(sent: Sent): string | undefined {
  return words(record(sent.body)['type']);
}
