/** What the page shows of the wire. Types only: the page and the server both import it. */

export type Party = 'bot' | 'teams' | 'entra' | 'defender';

/** One call with its answer. Bodies are shown, tokens and secrets never. */
export interface WireLine {
  /** Counts up from 1. */
  readonly n: number;
  readonly at: number;
  readonly from: Party;
  readonly to: Party;
  readonly method: string;
  readonly path: string;
  /** Decoded, without the question mark. */
  readonly query?: string;
  readonly body?: unknown;
  /** 0 where nothing was answered. */
  readonly status: number;
  readonly answer?: unknown;
  /** What the bearer token (of a grant: the assertion) says: aud, scp, oid, upn … */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** A few words for people: `On behalf of Alice Andersson`. */
  readonly note?: string;
}
