import { createNet } from '../../../src/net/request.ts';
import type { Net } from '../../../src/net/request.ts';
import { HttpServer } from '../../../src/sandbox/http.ts';
import type { HttpAnswer, HttpCall } from '../../../src/sandbox/http.ts';
import { readPersonId, readThreadId } from '../../../src/scan/ids.ts';
import type { Person, Thread } from '../../../src/scan/person.ts';
import { answered } from '../../../src/scan/refusal.ts';
import type { Answer } from '../../../src/scan/refusal.ts';
import { ALICE, BOT, CHANNEL, ROOT, TENANT } from './activities.ts';

export const NET: Net = createNet();

export const ALICE_HERSELF: Person = {
  id: readPersonId(ALICE.aadObjectId)!,
  name: ALICE.name,
  teamsId: ALICE.id,
  locale: 'en-US',
  timeZone: 'UTC',
};

/** Answers every call with the next of the answers prepared, the last one again and again. */
export class Microsoft {
  readonly calls: HttpCall[] = [];
  /** How often the bot's token was asked for: `fresh` or not. */
  readonly tokens: boolean[] = [];
  #answers: HttpAnswer[] = [];
  #server: HttpServer | undefined;

  static async start(): Promise<Microsoft> {
    const microsoft = new Microsoft();
    const paths = [1, 2, 3, 4, 5, 6].map((length) => '/:part'.repeat(length));
    const routes = ['GET', 'POST', 'PUT', 'DELETE'].flatMap((method) =>
      paths.map((path) => ({ method, path, answer: (call: HttpCall) => microsoft.#next(call) })),
    );
    microsoft.#server = await HttpServer.start({ routes });
    return microsoft;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  get host(): string {
    return new URL(this.url).host;
  }

  close(): Promise<void> | undefined {
    return this.#server?.close();
  }

  answers(...answers: HttpAnswer[]): void {
    this.#answers = answers;
    this.calls.length = 0;
    this.tokens.length = 0;
  }

  /** A new token every time it has to be fresh. */
  token = (fresh = false): Promise<Answer<string>> => {
    this.tokens.push(fresh);
    return Promise.resolve(answered(`bot-token-${this.tokens.filter(Boolean).length}`));
  };

  thread(more: Partial<Thread> = {}): Thread {
    return {
      id: readThreadId(`${CHANNEL};messageid=${ROOT}`)!,
      kind: 'channel',
      serviceUrl: `${this.url}/emea/`,
      botId: BOT.id,
      botName: BOT.name,
      tenantId: TENANT,
      team: 'team',
      channel: CHANNEL,
      ...more,
    };
  }

  #next(call: HttpCall): HttpAnswer {
    this.calls.push(call);
    const [answer = { kind: 'json', status: 200, body: {} }] =
      this.#answers.length > 1 ? this.#answers.splice(0, 1) : this.#answers;
    return answer;
  }
}
