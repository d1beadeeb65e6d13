import type { Ask, Ledger } from '../ledger/ledger.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Scenario } from '../scenario.ts';
import type { Left } from './left.ts';

/** A rule that was broken, and by whom. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
  /** The marks of the asks that it is about. */
  readonly asks: readonly string[];
}

/** Everything that there is to judge by. */
export interface Evidence {
  readonly ledger: Ledger;
  readonly left: Left;
  readonly scenario: Scenario;
}

/** What became of one ask. */
export interface Case {
  readonly ask: Ask;
  readonly requests: readonly ScanRequest[];
}

export type Rule = (evidence: Evidence) => readonly Violation[];
