import type { Log } from '../log.ts';
import type { Clock } from '../scan/ports.ts';
import type { KeptAudit } from '../store/audit/kept-audit.ts';
import type { Background } from './background.ts';
import { Hourly } from './hourly.ts';

export interface AuditingParts {
  readonly audit: KeptAudit;
  /** Where the head of the chain is posted every day. */
  readonly channel: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly background: Background;
}

const NOT_KNOWN =
  'The audit is not anchored: nobody has written to the bot in AUDIT_ANCHOR_CHANNEL yet. Mention it there once.';

/** Sees to it that records join the chain soon after their commit, and that its head is posted every day. */
export class Auditing {
  readonly #parts: AuditingParts;
  readonly #hourly: Hourly;
  #linking = false;
  #wanted = false;

  constructor(parts: AuditingParts) {
    const { clock, background } = parts;
    this.#parts = parts;
    this.#hourly = new Hourly({ clock, background, what: 'audit', work: () => this.#linkAndAnchor() });
  }

  /** What another replica left behind is linked as well. */
  start(): void {
    this.#hourly.start();
  }

  stop(): void {
    this.#hourly.stop();
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

  async #linkAndAnchor(): Promise<void> {
    const { audit, channel, log } = this.#parts;
    await audit.link();
    if (channel === undefined) return;
    const anchored = await audit.anchor(channel);
    if (anchored === 'posted') log.info({}, 'The head of the audit goes to its channel');
    if (anchored === 'channel not known') log.warn({}, NOT_KNOWN);
  }
}
