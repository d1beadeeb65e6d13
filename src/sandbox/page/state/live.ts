import type { PageEvents } from '../api.ts';
import type { Handle } from '../world.ts';

export type Listeners = { readonly [Name in keyof PageEvents]: (data: PageEvents[Name]) => void };

/** The line on which the server tells what happens; it mends itself when it breaks. */
export class Live {
  readonly #source: EventSource;

  constructor(as: Handle, listeners: Listeners, onLine: (isUp: boolean) => void) {
    this.#source = new EventSource(`/api/events?as=${encodeURIComponent(as)}`);
    this.#source.addEventListener('open', () => {
      onLine(true);
    });
    this.#source.addEventListener('error', () => {
      onLine(false);
    });
    for (const name of Object.keys(listeners) as (keyof PageEvents)[]) this.#hear(name, listeners[name]);
  }

  close(): void {
    this.#source.close();
  }

  #hear(name: keyof PageEvents, listener: (data: never) => void): void {
    this.#source.addEventListener(name, (event: MessageEvent<string>) => {
      listener(JSON.parse(event.data) as never);
    });
  }
}
