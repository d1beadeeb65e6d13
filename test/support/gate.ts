import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Match = (call: string) => boolean;

interface Stop {
  readonly match: Match;
  readonly at: 'request' | 'answer';
  /** Whether the call that has come here goes on; told when that is known. */
  readonly arrive: () => Promise<boolean>;
}

/** A call that stands still at the gate. */
export interface Held {
  /** Resolves when it has come. */
  readonly arrived: Promise<void>;
  /** Lets it go on, whoever still waits for it. */
  release(): void;
  /** Ends it there: it never reaches the other side. */
  drop(): void;
}

/** Stands in front of a server and can hold calls, on their way there or back. */
export class Gate {
  /** Where it leads to. */
  target: string;
  readonly url: string;
  readonly #server: Server;
  #stops: Stop[] = [];

  private constructor(server: Server, target: string) {
    this.#server = server;
    this.target = target;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (call: IncomingMessage, answer: ServerResponse) => {
      // Who hung up gets no answer; nothing else is lost.
      this.#lead(call, answer).catch(() => answer.destroy());
    });
  }

  static async open(target = ''): Promise<Gate> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Gate(server, target);
  }

  /** Holds the next call that matches `POST /path?query`, before it gets through. */
  holdCall(match: Match): Held {
    return this.#hold(match, 'request');
  }

  /** Lets the next call that matches get through, and holds its answer. */
  holdAnswer(match: Match): Held {
    return this.#hold(match, 'answer');
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #hold(match: Match, at: Stop['at']): Held {
    const [arrival, end] = [new Signal<true>(), new Signal<boolean>()];
    const arrive = (): Promise<boolean> => {
      arrival.give(true);
      return end.given;
    };
    this.#stops.push({ match, at, arrive });
    const arrived = arrival.given.then(() => undefined);
    return {
      arrived,
      release: () => {
        end.give(true);
      },
      drop: () => {
        end.give(false);
      },
    };
  }

  async #lead(call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bodyOf(call);
    const stop = this.#stopFor(`${call.method ?? ''} ${decodeURIComponent(call.url ?? '')}`);
    if (stop?.at === 'request' && !(await stop.arrive())) return void answer.destroy();
    const told = await passedOn(new URL(call.url ?? '/', this.target), call, body);
    if (stop?.at === 'answer' && !(await stop.arrive())) return void answer.destroy();
    answer.statusCode = told.status;
    for (const [name, value] of Object.entries(told.headers)) {
      if (value !== undefined && name !== 'connection' && name !== 'transfer-encoding') answer.setHeader(name, value);
    }
    answer.end(told.body);
  }

  #stopFor(call: string): Stop | undefined {
    const stop = this.#stops.find(({ match }) => match(call));
    this.#stops = this.#stops.filter((other) => other !== stop);
    return stop;
  }
}

/** Given once, from outside. */
class Signal<T> {
  readonly given: Promise<T>;
  #give: (value: T) => void = () => undefined;

  constructor() {
    this.given = new Promise((resolve) => {
      this.#give = resolve;
    });
  }

  give(value: T): void {
    this.#give(value);
  }
}

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function passedOn(url: URL, call: IncomingMessage, body: Buffer): Promise<Told> {
  const headers = { ...call.headers, host: url.host };
  const outgoing = request(url, { ...(call.method !== undefined && { method: call.method }), headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await bodyOf(response) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
