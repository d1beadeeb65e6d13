import type { Config } from '../config.ts';
import type { Clock } from '../scan/ports.ts';
import { BotServer } from '../teams/server.ts';
import type { Metrics } from './metrics.ts';

export interface WaitingRoomParts {
  readonly clock: Clock;
  readonly metrics: Metrics;
}

type Ports = Pick<Config, 'port' | 'metricsPort'>;

const NOT_TAKEN = 503;

/** While the database is not there yet: the process says that it lives and is not ready, and has Teams come again. */
export class WaitingRoom {
  readonly #ports: Ports;
  readonly #parts: WaitingRoomParts;
  #server: BotServer | undefined;

  constructor({ port, metricsPort }: Ports, parts: WaitingRoomParts) {
    this.#ports = { port, metricsPort };
    this.#parts = parts;
  }

  /** Once is enough. */
  async open(): Promise<void> {
    if (this.#server !== undefined) return;
    const { clock, metrics } = this.#parts;
    this.#server = new BotServer({
      clock,
      screen: () => Promise.resolve(NOT_TAKEN),
      receive: () => Promise.resolve({ status: NOT_TAKEN }),
      ready: () => Promise.resolve({ ok: false, reason: 'store' }),
      metrics: () => metrics.text(),
      metricsPort: this.#ports.metricsPort,
      onFault: () => undefined,
    });
    await this.#server.listen(this.#ports.port);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}
