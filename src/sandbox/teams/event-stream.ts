import { EventEmitter } from 'node:events';
import type { Message, OwnView } from './message.ts';
import type { WireEntry } from './wire-log.ts';

export interface InvokeAnswer {
  readonly handle: string;
  readonly conversation: string;
  readonly name: string;
  /** The message whose button was pressed. */
  readonly message: string | undefined;
  readonly status: number;
  readonly body: unknown;
}

/** Somebody finished the sign-in page: `code` is what the client now sends as verifyState. */
export interface SignedIn {
  readonly signin: string;
  readonly userId: string;
  readonly code: string;
}

/** Somebody is about to say something in a conversation. */
export interface Typing {
  readonly conversation: string;
}

export interface TeamsEvents {
  readonly message: Message;
  readonly edit: Message;
  readonly delete: Message;
  readonly view: OwnView;
  readonly 'invoke-answer': InvokeAnswer;
  readonly 'signed-in': SignedIn;
  readonly typing: Typing;
  readonly wire: WireEntry;
}

const ANY = Symbol('any');

/** In ms. Long enough for a machine that has much else to do; whoever sees what they wait for waits no longer. */
const PATIENCE = 30_000;

export class EventStream {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  /** The answer stops listening. */
  on<Name extends keyof TeamsEvents>(name: Name, listener: (event: TeamsEvents[Name]) => void): () => void {
    this.#emitter.on(name, listener);
    return () => this.#emitter.off(name, listener);
  }

  tell<Name extends keyof TeamsEvents>(name: Name, event: TeamsEvents[Name]): void {
    this.#emitter.emit(name, event);
    this.#emitter.emit(ANY);
  }

  /** Looks now and after every event until there is something to see; `what` names it in the failure. */
  until<Seen>(look: () => Seen | undefined | false, what: string | (() => string), ms = PATIENCE): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(deadline);
        this.#emitter.off(ANY, check);
        act();
      };
      const fail = (error: unknown): void => {
        settle(() => {
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      };
      const check = (): void => {
        try {
          const seen = look();
          if (seen === undefined || seen === false) return;
          settle(() => {
            resolve(seen);
          });
        } catch (error) {
          fail(error);
        }
      };
      const deadline = setTimeout(() => {
        fail(new Error(`Waited ${ms} ms in vain for: ${typeof what === 'string' ? what : what()}.`));
      }, ms);
      this.#emitter.on(ANY, check);
      check();
    });
  }
}
