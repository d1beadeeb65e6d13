import type { Fact, Heading, Note, Pressed } from './card-view.ts';

/** Several devices have the name that was typed. */
export interface PickFields extends Heading, Pressed {
  readonly device: string;
  readonly label: string;
  readonly missing: string;
  readonly style: 'expanded' | 'compact';
  readonly choices: readonly Fact[];
  readonly more: string;
  readonly facts: readonly Fact[];
  readonly use: string;
}

/** A field that searches while somebody types, and one to type a name into. */
interface Searching extends Heading {
  readonly faults: readonly Note[];
  readonly label: string;
  readonly hint: string;
  readonly nameLabel: string;
  readonly nameHint: string;
  readonly facts: readonly Fact[];
  readonly use: string;
}

/** Asks for a device that nobody has named yet. */
export type FindFields = Searching & Pressed;

/** In a dialog over a message: which of the devices that it names. Without any choices, the field searches. */
export interface ExtensionFields extends Searching {
  readonly choices: readonly Fact[];
  readonly chosen: string;
  readonly name: string;
  readonly reason: string;
}
