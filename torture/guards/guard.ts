import type { ScenarioWish } from '../scenario.ts';
import type { Rewriting } from './rewrite.ts';

/** A rule in the bot that something stands or falls with. Taken out, a bout of its own has to fail. */
export interface Guard {
  readonly name: string;
  /** What the bot does with it. */
  readonly why: string;
  /** How the bot looks without it. */
  readonly taken: readonly Rewriting[];
  /** A bout that shows it, within a minute. */
  readonly bout: ScenarioWish & { readonly seed: string };
  /** The rules that it breaks without the guard: one of them at least. */
  readonly breaks: readonly string[];
}
