import type { ServerResponse } from 'node:http';
import { SECOND } from '../../scan/time.ts';
import type { PageEvents } from '../page/api.ts';
import type { Handle } from '../page/world.ts';

const KEEP_ALIVE_EVERY = 15 * SECOND;
const RECONNECT_AFTER = SECOND;

/** The open pages, each as one person: what they are told goes out as server-sent events. */
export class PageLines {
  readonly #lines = new Map<ServerResponse, Handle>();
  readonly #keepAlive = setInterval(() => {
    this.#write(': still here\n\n', () => true);
  }, KEEP_ALIVE_EVERY).unref();

  open(handle: Handle, response: ServerResponse): void {
    response.statusCode = 200;
    response.setHeader('content-type', 'text/event-stream; charset=utf-8');
    response.setHeader('cache-control', 'no-store');
    // At once, so that the page knows that it is connected before anything happens.
    response.write(`retry: ${RECONNECT_AFTER}\n\n`);
    this.#lines.set(response, handle);
    response.on('close', () => this.#lines.delete(response));
    response.on('error', () => this.#lines.delete(response));
  }

  /** To everybody, or to those for whom `to` holds. */
  tell<Name extends keyof PageEvents>(
    name: Name,
    event: PageEvents[Name],
    to: (handle: Handle) => boolean = all,
  ): void {
    this.#write(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`, to);
  }

  /** To each of these in their own words. */
  tellEach<Name extends keyof PageEvents>(
    name: Name,
    handles: readonly Handle[],
    event: (handle: Handle) => PageEvents[Name],
  ): void {
    const open = new Set(this.#lines.values());
    for (const handle of handles.filter((one) => open.has(one))) this.tell(name, event(handle), (to) => to === handle);
  }

  close(): void {
    clearInterval(this.#keepAlive);
    for (const response of this.#lines.keys()) response.end();
    this.#lines.clear();
  }

  #write(text: string, to: (handle: Handle) => boolean): void {
    for (const [response, handle] of this.#lines) if (to(handle)) response.write(text);
  }
}

function all(): boolean {
  return true;
}
