import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotProcess } from './bot-process.ts';

/** Several bots behind one address. Each call goes to the next one that takes calls. */
export class Replicas {
  readonly url: string;
  readonly #server: Server;
  readonly #ports = new Map<BotProcess, number>();
  #turn = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (call: IncomingMessage, answer: ServerResponse) => {
      // Whoever hung up, or whose bot died on the way, gets no answer.
      this.#lead(call, answer).catch(() => answer.destroy());
    });
  }

  static async open(): Promise<Replicas> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Replicas(server);
  }

  /** The bots that calls are led to. */
  get bots(): readonly BotProcess[] {
    return [...this.#ports.keys()];
  }

  /** Leads calls to this bot, too, once it takes them. */
  async add(bot: BotProcess): Promise<void> {
    this.#ports.set(bot, await bot.listening());
  }

  /** Leads no new calls to it. */
  remove(bot: BotProcess): void {
    this.#ports.delete(bot);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #lead(call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bodyOf(call);
    this.#turn += 1;
    const ports = [...this.#ports.values()];
    for (const index of ports.keys()) {
      const port = ports[(this.#turn + index) % ports.length];
      const told = port === undefined ? undefined : await passedOn(port, call, body);
      if (told === undefined) continue;
      answer.statusCode = told.statusCode ?? 502;
      for (const name of ['content-type', 'retry-after']) {
        const value = told.headers[name];
        if (value !== undefined) answer.setHeader(name, value);
      }
      answer.end(await bodyOf(told));
      return;
    }
    answer.statusCode = 503;
    answer.end();
  }
}

/** Undefined where nobody listens: the next one may. Whatever breaks later is thrown, because the bot may have acted. */
async function passedOn(port: number, call: IncomingMessage, body: Buffer): Promise<IncomingMessage | undefined> {
  const { method = 'GET', url = '/', headers } = call;
  const outgoing = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
  // What breaks later breaks the reading of the answer, too, and is told there.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  try {
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return response;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ECONNREFUSED') return undefined;
    throw fault;
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
