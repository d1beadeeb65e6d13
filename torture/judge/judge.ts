import { pausesHeeded, withinBudget } from './calls.ts';
import { oneAtATime, startedOnce } from './starts.ts';
import type { Evidence, Rule, Violation } from './violation.ts';
import { everyEndTold, inOrder, nearlyOnce } from './words.ts';

const RULES: readonly Rule[] = [
  startedOnce,
  oneAtATime,
  everyEndTold,
  inOrder,
  nearlyOnce,
  withinBudget,
  pausesHeeded,
  nothingLeft,
  diedOnlyIfKilled,
];

/** Everything that was not as it has to be. */
export function judge(evidence: Evidence): readonly Violation[] {
  return RULES.flatMap((rule) => rule(evidence));
}

/** No row is left behind, and all that is kept can be true. */
function nothingLeft({ left }: Evidence): readonly Violation[] {
  const verdict = left.verdict === '' ? [] : [left.verdict];
  return [...left.behind, ...verdict].map((what) => ({ rule: 'nothing left', what, asks: asksIn(what, left) }));
}

function asksIn(what: string, left: Evidence['left']): readonly string[] {
  return left.requests
    .filter(({ id }) => what.includes(id))
    .flatMap(({ wanted }) => /T-\d+/.exec(wanted.comment ?? '')?.[0] ?? []);
}

function diedOnlyIfKilled({ ledger }: Evidence): readonly Violation[] {
  return ledger.blows
    .filter(({ how }) => how === 'ended by itself')
    .map(({ who, note }) => ({ rule: 'died only if killed', what: `${who} ended by itself: ${note ?? ''}`, asks: [] }));
}
