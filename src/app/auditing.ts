import type { Log } from '../log.ts';
import type { Clock } from '../scan/ports.ts';
import { HOUR } from '../scan/time.ts';
import type { KeptAudit } from '../store/audit/kept-audit.ts';
import type { Background } from './background.ts';

export interface AuditingParts {
  readonly audit: KeptAudit;
  /** Where the head of the chain is posted every day. */
  readonly channel: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly background: Background;
}

const EVERY = HOUR;
const NOT_KNOWN =
  'The audit is not anchored: nobody has written to the bot in AUDIT_ANCHOR_CHANNEL yet. Mention it there once.';

/** Sees to it that records join the chain soon after their commit, and that its head is posted every day. */
export class Auditing {
  readonly #parts: AuditingParts;
  #linking = false;
  #wanted = false;
  #stopped = false;
  #cancelNext: () => void = () => undefined;

  constructor(parts: AuditingParts) {
    this.#parts = parts;
  }

  /** What another replica left behind is linked as well. */
  start(): void {
    this.#parts.background.run('audit', this.#hourly());
    this.#cancelNext = this.#parts.clock.after(EVERY, () => {
      if (!this.#stopped) this.start();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
  }

  /** Something was committed. One link at a time takes along whatever has come meanwhile. */
  committed(): void {
    if (!this.#parts.audit.linksLate) return;
    this.#wanted = true;
    if (!this.#linking) this.#parts.background.run('audit', this.#linkAll());
  }

  async #linkAll(): Promise<void> {
    this.#linking = true;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#parts.audit.link();
      }
    } finally {
      this.#linking = false;
    }
  }

  async #hourly(): Promise<void> {
    const { audit, channel, log } = this.#parts;
    await audit.link();
    if (channel === undefined) return;
    const anchored = await audit.anchor(channel);
    if (anchored === 'posted') log.info({}, 'The head of the audit goes to its channel');
    if (anchored === 'channel not known') log.warn({}, NOT_KNOWN);
  }
}
