import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answerTo } from './http-routing.ts';

const MEGABYTE = 1024 * 1024;

export interface HttpCall {
  readonly method: string;
  /** Without the query, as it came (not decoded). */
  readonly path: string;
  /** What stood where the route has `:name`, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** JSON as it parses, a form as an object of strings, undefined when there is no body. */
  readonly body: unknown;
}

export type HttpHeaders = Readonly<Record<string, string>>;

export type HttpAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly body?: unknown; readonly headers?: HttpHeaders }
  | { readonly kind: 'text'; readonly status: number; readonly text: string; readonly headers?: HttpHeaders }
  /** The route writes the response itself (server-sent events). */
  | { readonly kind: 'stream'; readonly start: (response: ServerResponse) => void }
  /** The connection breaks without an answer. */
  | { readonly kind: 'cut' }
  /** Nothing ever comes, the connection stays open. */
  | { readonly kind: 'silence' };

export interface HttpRoute {
  readonly method: string;
  /** `/v3/conversations/:id`; a segment with a colon matches anything but a slash, `*` at the end all the rest. */
  readonly path: string;
  answer(call: HttpCall): HttpAnswer | Promise<HttpAnswer>;
}

export interface HttpOptions {
  readonly routes: readonly HttpRoute[];
  readonly port?: number;
  readonly maxBytes?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Looks at every call before its route does; what it answers is sent instead. */
  readonly guard?: (call: HttpCall) => HttpAnswer | undefined;
  /** Told of every call just before its answer is written. */
  readonly onAnswer?: (call: HttpCall, answer: HttpAnswer) => void;
}

export function json(status: number, body?: unknown, headers: HttpHeaders = {}): HttpAnswer {
  return { kind: 'json', status, body, headers };
}

export function html(status: number, text: string, headers: HttpHeaders = {}): HttpAnswer {
  return { kind: 'text', status, text, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } };
}

/** The status on the wire; 0 where none was sent. */
export function statusOf(answer: HttpAnswer): number {
  switch (answer.kind) {
    case 'json':
    case 'text':
      return answer.status;
    case 'stream':
      return 200;
    case 'cut':
    case 'silence':
      return 0;
  }
}

/** A small HTTP server on loopback for stand-ins: JSON in, JSON out. */
export class HttpServer {
  readonly port: number;
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, scheme: string) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.url = `${scheme}://127.0.0.1:${this.port}`;
  }

  static async start(options: HttpOptions): Promise<HttpServer> {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      void serve(options, request, response);
    };
    const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return new HttpServer(server, options.tls === undefined ? 'http' : 'https');
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeAllConnections();
    await closed;
  }
}

async function serve(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const text = await readText(request, options.maxBytes ?? MEGABYTE);
    const { call, answer } = await answerTo(options, request, text);
    options.onAnswer?.(call, answer);
    write(answer, response);
  } catch (error) {
    if (response.destroyed) return;
    const message = error instanceof Error ? error.message : 'unknown';
    write(json(500, { error: { code: 'StandInFault', message } }), response);
  }
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too much is still read, or the caller would see a broken pipe instead of the 413.
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Sets status and headers one by one: restify patches writeHead for the whole process to return nothing. */
function write(answer: HttpAnswer, response: ServerResponse): void {
  switch (answer.kind) {
    case 'json':
      setHead(response, answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
      return;
    case 'text':
      setHead(response, answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers });
      response.end(answer.text);
      return;
    case 'stream':
      answer.start(response);
      return;
    case 'cut':
      response.destroy();
      return;
    case 'silence':
      return;
  }
}

function setHead(response: ServerResponse, status: number, headers: HttpHeaders): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
