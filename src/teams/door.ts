import { randomUUID } from 'node:crypto';
import { AuthenticationError } from 'botframework-connector';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { CloudAdapter } from 'botbuilder';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import type { Net } from '../net/request.ts';
import type { Clock } from '../scan/ports.ts';
import { readActivity } from './activity.ts';
import { KeysUnavailable } from './channel-keys.ts';
import { InboundTrust } from './inbound-trust.ts';
import type { TrustSettings } from './inbound-trust.ts';
import { errorAnswer, tokenNotExchanged } from './invoke-answer.ts';
import type { InvokeAnswer } from './invoke-answer.ts';

type Turn = (context: TurnContext) => Promise<void>;

export interface DoorWords {
  readonly failed: (reference: string) => string;
  readonly unsupported: string;
}

export interface DoorParts {
  readonly net: Net;
  readonly clock: Clock;
  /** Something nobody expected; the reference is what the person sees of it. */
  readonly onFault: (reference: string, fault: unknown) => void;
  /** Whether the fault passes by itself, whatever was sent. */
  readonly isOutage: (fault: unknown) => boolean;
  /** What an invoke is answered with when there is nothing better to say. */
  readonly words: (locale: string) => DoorWords;
  /** Somebody was turned away; `why` is a word of ours. */
  readonly onRefused: (status: number, why: string) => void;
}

/** The bot's only entrance: an activity comes in with its token, an HTTP answer goes out. */
export class Door extends CloudAdapter {
  readonly #parts: DoorParts;
  readonly #trust: InboundTrust;

  constructor(settings: TrustSettings, parts: DoorParts) {
    const trust = new InboundTrust(settings, parts.net, parts.clock);
    super(trust);
    this.#trust = trust;
    this.#parts = parts;
  }

  /** Whether the keys that callers are checked with are at hand; they are fetched when the first one comes. */
  get hasKeys(): boolean {
    return this.#trust.hasKeys;
  }

  /** The status to turn a caller away with before the body is read, or undefined. */
  async screen(authorization: string): Promise<number | undefined> {
    try {
      await this.#trust.screen(authorization);
      return undefined;
    } catch (fault) {
      return this.#turnedAway(fault).status;
    }
  }

  async receive(authorization: string, activity: object, logic: Turn): Promise<InvokeAnswer> {
    const turn = { ...(activity as Activity) };
    // Expected replies would turn the answer to an invoke into a list of messages.
    delete turn.deliveryMode;
    const entered = await this.#letIn(authorization, turn);
    if ('status' in entered) return entered;
    try {
      return this.#answerOf(turn, await this.processActivity(entered, turn, logic));
    } catch (fault) {
      return this.#failed(turn, fault);
    }
  }

  async #letIn(authorization: string, turn: Activity): Promise<AuthenticateRequestResult | InvokeAnswer> {
    try {
      return await this.botFrameworkAuthentication.authenticateRequest(turn, authorization);
    } catch (fault) {
      return this.#turnedAway(fault);
    }
  }

  #failed(turn: Activity, fault: unknown): InvokeAnswer {
    const reference = this.#report(fault);
    // Not taken in, and through no fault of whoever sent it: to say otherwise would lose it.
    if (turn.type !== 'invoke') return { status: this.#parts.isOutage(fault) ? 503 : 200 };
    const text = this.#words(turn).failed(reference);
    if (turn.name === 'signin/tokenExchange') return notExchanged(turn, text);
    return errorAnswer(500, 'InternalServerError', text);
  }

  /** An unknown invoke is no fault of ours: the customary 501 would count as one. */
  #answerOf(turn: Activity, answer: InvokeResponse | undefined): InvokeAnswer {
    if (turn.type !== 'invoke') return { status: 200 };
    if (answer !== undefined && answer.status !== 501) return answer;
    return errorAnswer(400, 'NotSupported', this.#words(turn).unsupported);
  }

  #words(turn: Activity): DoorWords {
    return this.#parts.words(typeof turn.locale === 'string' ? turn.locale : '');
  }

  #turnedAway(fault: unknown): InvokeAnswer {
    if (fault instanceof AuthenticationError) {
      this.#parts.onRefused(fault.statusCode, fault.message);
      return { status: fault.statusCode };
    }
    this.#report(fault);
    return { status: fault instanceof KeysUnavailable ? 503 : 401 };
  }

  #report(fault: unknown): string {
    const reference = randomUUID().slice(0, 8);
    this.#parts.onFault(reference, fault);
    return reference;
  }
}

/** Any 200 would tell Teams that the exchange went well. */
function notExchanged(turn: Activity, text: string): InvokeAnswer {
  const asked = readActivity(turn);
  const { id, connectionName } = asked.kind === 'token-exchange' ? asked : { id: '', connectionName: '' };
  return tokenNotExchanged(id, connectionName, text);
}
