import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import { readJson } from '../net/read-json.ts';
import type { Clock } from '../scan/ports.ts';
import { SECOND } from '../scan/time.ts';
import { readBody } from './body.ts';
import { dropped, json, status, text } from './reply.ts';
import type { Reply } from './reply.ts';
import type { InvokeAnswer } from './invoke-answer.ts';

/** What was looked at, and how it is: codes, because anybody may read them. */
type Checks = Readonly<Record<string, string>>;

/** `reason` is a code, too. What else was looked at is told and changes nothing. */
export type Readiness =
  | { readonly ok: true; readonly checks?: Checks }
  | { readonly ok: false; readonly reason: string; readonly checks?: Checks };

export interface ServerParts {
  readonly clock: Clock;
  /** Looks at the token before anything of the body is kept: the status to refuse it with, or undefined. */
  readonly screen: (authorization: string) => Promise<number | undefined>;
  readonly receive: (authorization: string, activity: object) => Promise<InvokeAnswer>;
  readonly ready: () => Promise<Readiness>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** A port of their own for the metrics, which then are not on the other one. */
  readonly metricsPort?: number | undefined;
  readonly onFault: (fault: unknown) => void;
}

const LARGEST_BODY = 256 * 1024;
const LAST_TURNS = 8 * SECOND;
/** Far above what the channel service opens. */
const MOST_CONNECTIONS = 2000;

/** The bot's HTTP side. Every answer is written here; nothing of a fault goes out. */
export class BotServer {
  readonly #parts: ServerParts;
  readonly #running = new Set<Promise<void>>();
  readonly #main: HttpServer;
  readonly #metrics: HttpServer | undefined;
  #closing = false;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#main = this.#createMain();
    this.#metrics = parts.metricsPort === undefined ? undefined : this.#createMetrics();
  }

  /** The port that it listens on, which is another one for 0. */
  async listen(port: number): Promise<number> {
    if (this.#metrics !== undefined) await listening(this.#metrics, this.#parts.metricsPort ?? 0);
    return listening(this.#main, port);
  }

  get metricsPort(): number | undefined {
    return this.#metrics === undefined ? undefined : portOf(this.#metrics);
  }

  /** Takes no more turns, and resolves when those that run have ended or have had their time. */
  async close(): Promise<void> {
    this.#closing = true;
    const servers = [this.#main, ...(this.#metrics === undefined ? [] : [this.#metrics])];
    const closed = servers.map(closing);
    await this.#lastTurns();
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
  }

  async #lastTurns(): Promise<void> {
    let stopWaiting = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      stopWaiting = this.#parts.clock.after(LAST_TURNS, resolve);
    });
    await Promise.race([Promise.allSettled(this.#running), late]);
    stopWaiting();
  }

  #createMain(): HttpServer {
    const server = restify.createServer({ name: '' });
    server.pre((request, response, next) => {
      // restify makes a URL of the Host header and the target, and throws past everybody when there is none in them.
      request.headers.host = 'localhost';
      const isPath = request.url?.startsWith('/') === true;
      if (!isPath) status(400)(response);
      next(isPath ? undefined : false);
    });
    // Nobody here speaks anything but HTTP; a socket that is not answered would stay open for ever.
    server.server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
      socket.destroy();
    });
    server.post('/api/messages', async (request, response) => this.#answer(response, this.#turn(request)));
    server.get('/healthz', async (_request, response) =>
      this.#answer(response, Promise.resolve(json(200, { ok: true }))),
    );
    server.get('/readyz', async (_request, response) => this.#answer(response, this.#readiness()));
    if (this.#parts.metricsPort === undefined) {
      server.get('/metrics', async (_request, response) => this.#answer(response, this.#measurements()));
    }
    return patient(server.server);
  }

  #createMetrics(): HttpServer {
    const server = createServer((request, response) => {
      const isRead = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
      void this.#answer(response, isRead ? this.#measurements() : Promise.resolve(status(404)));
    });
    return patient(server);
  }

  /** Never rejects: a fault becomes a bare 500 and a line in the log. */
  #answer(response: ServerResponse, reply: Promise<Reply>): Promise<void> {
    const answered = reply
      .catch((fault: unknown) => {
        this.#parts.onFault(fault);
        return status(500);
      })
      .then((write) => this.#send(response, write))
      .finally(() => this.#running.delete(answered));
    this.#running.add(answered);
    return answered;
  }

  /** Resolves when the answer has left, or nobody waits for it any more. */
  #send(response: ServerResponse, write: Reply): Promise<void> {
    return new Promise((resolve) => {
      if (response.destroyed) {
        resolve();
        return;
      }
      response.once('close', resolve);
      if (this.#closing) response.setHeader('Connection', 'close');
      write(response);
    });
  }

  async #turn(request: IncomingMessage): Promise<Reply> {
    const authorization = request.headers.authorization ?? '';
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return dropped(request, 413);
    const refused = await this.#parts.screen(authorization);
    if (refused !== undefined) return dropped(request, refused);
    const body = await readBody(request, LARGEST_BODY);
    if (body.is === 'too-large') return status(413);
    if (body.is === 'broken') return status(400);
    const activity = readJson(body.text);
    if (typeof activity !== 'object' || activity === null || Array.isArray(activity)) return status(400);
    // Asked this late, so that a slow body does not begin a turn after its end.
    if (this.#closing) return status(503);
    const answer = await this.#parts.receive(authorization, activity);
    return answer.body === undefined ? status(answer.status) : json(answer.status, answer.body);
  }

  async #readiness(): Promise<Reply> {
    const state: Readiness = this.#closing ? { ok: false, reason: 'stopping' } : await this.#parts.ready();
    return json(state.ok ? 200 : 503, state);
  }

  async #measurements(): Promise<Reply> {
    return text(200, 'text/plain; version=0.0.4; charset=utf-8', await this.#parts.metrics());
  }
}

/** Not patient with those who send slowly. */
function patient(server: HttpServer): HttpServer {
  server.maxConnections = MOST_CONNECTIONS;
  server.headersTimeout = 10 * SECOND;
  server.requestTimeout = 20 * SECOND;
  // Longer than the idle time of common load balancers, or they would send into a closing connection.
  server.keepAliveTimeout = 75 * SECOND;
  return server;
}

function listening(server: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.removeListener('error', reject);
      resolve(portOf(server));
    });
  });
}

function closing(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function portOf(server: HttpServer): number {
  return (server.address() as AddressInfo).port;
}
