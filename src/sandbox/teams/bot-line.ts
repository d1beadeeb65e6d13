import { SECOND } from '../../scan/time.ts';
import type { ChannelKeys } from './channel-keys.ts';
import { jsonOrText, record, words } from './json.ts';
import type { WireLog } from './wire-log.ts';

/** After this long Teams gives up on an answer. */
const PATIENCE = 15 * SECOND;

export interface Sent {
  /** 0 when the bot did not answer. */
  readonly status: number;
  readonly body: unknown;
  readonly activity: unknown;
}

export interface Delivery {
  /** Instead of a proper channel token: this one, or none. */
  readonly token?: string;
}

/** The token of a call that has none. */
export const NO_TOKEN = '';

/** The way to the bot: signs what Teams sends and posts it. */
export class BotLine {
  /** The bot's `/api/messages`. */
  botUrl: string | undefined;
  readonly #appId: string;
  readonly #keys: ChannelKeys;
  readonly #log: WireLog;

  constructor(appId: string, keys: ChannelKeys, log: WireLog) {
    this.#appId = appId;
    this.#keys = keys;
    this.#log = log;
  }

  /** A string is posted as it is; anything else as JSON. */
  async send(activity: unknown, delivery: Delivery = {}): Promise<Sent> {
    const url = this.#url();
    const token = delivery.token ?? (await this.#tokenFor(activity));
    const authorization = token === NO_TOKEN ? undefined : `Bearer ${token}`;
    const answer = await post(url, typeof activity === 'string' ? activity : JSON.stringify(activity), authorization);
    this.#log.add({ direction: 'out', method: 'POST', path: url.pathname, authorization, body: activity, ...answer });
    return { status: answer.status, body: answer.answer, activity };
  }

  /** The claim `serviceurl` must be what the activity says. */
  #tokenFor(activity: unknown): Promise<string> {
    return this.#keys.sign({ aud: this.#appId, serviceurl: words(record(activity)['serviceUrl']) });
  }

  #url(): URL {
    if (this.botUrl === undefined) throw new Error('Nobody said where the bot is: set botUrl.');
    return new URL(this.botUrl);
  }
}

interface Answered {
  readonly status: number;
  readonly answer: unknown;
}

async function post(url: URL, body: string, authorization: string | undefined): Promise<Answered> {
  const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) });
    return { status: response.status, answer: jsonOrText(await response.text()) };
  } catch {
    // A bot that is down or slow is something a test wants to see, not an accident of the stand-in.
    return { status: 0, answer: undefined };
  }
}
