import type { PersonId, RequestId, Time } from './ids.ts';

/** An append-only line of what happened, written with the change itself. */
export interface Event {
  readonly request: RequestId;
  readonly at: Time;
  readonly who: PersonId | 'bot' | 'defender';
  readonly what: string;
  /** Ids, kinds, numbers and codes: nothing about people, and no words of theirs. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** What only the audit keeps, where it can be forgotten: words of `who`, names, further people. */
  readonly personal?: Readonly<Record<string, string>>;
}
