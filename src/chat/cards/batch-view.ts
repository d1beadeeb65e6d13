import type { Color, Fact, Heading, InputFields, Pressed } from './card-view.ts';

/** Some of the devices, and why they stand together. */
export interface Section {
  readonly title: string;
  readonly titleColor: Color;
  readonly line: string;
}

/** Which of several devices is meant by a name. */
export interface PickRow {
  readonly input: string;
  readonly label: string;
  readonly choices: readonly Fact[];
}

export interface BatchConfirmFields extends Heading, Pressed, InputFields {
  readonly sections: readonly Section[];
  readonly picks: readonly PickRow[];
  readonly people: readonly Fact[];
  /** Empty where the rules allow fewer devices in one request. */
  readonly run: string;
}

/** What only the requester sees while others must approve. */
export interface BatchAwaitingFields extends Heading, InputFields {
  readonly sections: readonly Section[];
  readonly people: readonly Fact[];
  readonly change: string;
  readonly withdraw: string;
  readonly request: string;
  readonly rev: number;
}

export interface BatchFields extends Heading {
  /** How far it is, as a bar and in words. */
  readonly bar: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  readonly people: readonly Fact[];
  readonly reasonLabel: string;
  readonly reasonHint: string;
  /** Empty unless others must approve. */
  readonly approve: string;
  readonly decline: string;
  /** Empty where nothing more can be kept from starting. */
  readonly stop: string;
  /** Empty where nothing waits for its device. */
  readonly cancel: string;
  /** Empty until it is over. */
  readonly again: string;
  readonly request: string;
  readonly rev: number;
}
