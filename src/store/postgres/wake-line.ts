import pg from 'pg';
import type { PersonId } from '../../scan/ids.ts';
import type { Clock } from '../../scan/ports.ts';
import { SECOND } from '../../scan/time.ts';
import type { StoreLog } from '../store-log.ts';
import { readWake, WAKES } from './dialect.ts';
import { codeOf } from './fault.ts';
import { CONNECT_WITHIN, connectionOf } from './pool.ts';

export interface WakeLineParts {
  readonly url: string;
  readonly origin: string;
  readonly clock: Clock;
  readonly log: StoreLog;
}

const AGAIN_AFTER = SECOND;

/** Hears when another replica has written something that is due. What is missed while it is cut off, timers find. */
export class WakeLine {
  readonly #parts: WakeLineParts;
  readonly #listeners = new Set<() => void>();
  readonly #signOutListeners = new Set<(who: PersonId | 'anybody') => void>();
  #client: pg.Client | undefined;
  #closed = false;
  #cancelRetry: () => void = () => undefined;

  constructor(parts: WakeLineParts) {
    this.#parts = parts;
  }

  onWake(listener: () => void): void {
    this.#listeners.add(listener);
  }

  onSignOut(listener: (who: PersonId | 'anybody') => void): void {
    this.#signOutListeners.add(listener);
  }

  /** Resolves when it listens, or when it has failed to for the first time and goes on trying. */
  async open(): Promise<void> {
    const client = new pg.Client({ ...connectionOf(this.#parts.url), connectionTimeoutMillis: CONNECT_WITHIN });
    // A connection that breaks ends as well, which is when it is told.
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => {
      this.#heard(payload);
    });
    this.#client = client;
    try {
      await client.connect();
      client.once('end', () => {
        this.#lost(undefined);
      });
      await client.query(`listen ${WAKES}`);
      this.#wake();
      this.#signedOut('anybody');
    } catch (fault) {
      // Broken or not, nothing more is heard on it; the fault to tell is why.
      await client.end().catch(() => undefined);
      this.#lost(fault);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry();
    // One that broke already cannot say goodbye, and need not.
    await this.#client?.end().catch(() => undefined);
  }

  #heard(payload: string): void {
    const { origin, signedOut } = readWake(payload);
    if (origin === this.#parts.origin) return;
    if (signedOut === undefined) this.#wake();
    else this.#signedOut(signedOut);
  }

  #signedOut(who: PersonId | 'anybody'): void {
    for (const listener of this.#signOutListeners) listener(who);
  }

  #wake(): void {
    for (const listener of this.#listeners) listener();
  }

  #lost(fault: unknown): void {
    if (this.#closed) return;
    this.#cancelRetry();
    this.#parts.log.warn({ code: codeOf(fault) }, 'Other replicas cannot be heard; trying to reach the database again');
    this.#cancelRetry = this.#parts.clock.after(AGAIN_AFTER, () => void this.open());
  }
}
