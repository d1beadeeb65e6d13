import { openDemands, readParty } from '../../src/scan/demand.ts';
import type { Approver, PeopleDemand } from '../../src/scan/demand.ts';
import { settleDefault } from '../../src/policy/verdict.ts';
import type { Limits, SettledVerdict, Verdict } from '../../src/policy/verdict.ts';
import { GROUPS, PEOPLE, personId } from './arbitraries.ts';

/*
 * Strictness as people meet it: whatever approvals are enough for the stricter verdict are enough for the milder one.
 */

const REQUESTER = personId('99999999-0000-4000-8000-000000000000');
const EVERYBODY: readonly Approver[] = [
  ...PEOPLE.map((id) => ({ id, groups: new Set<string>() })),
  ...GROUPS.map((group) => ({ id: personId(group), groups: new Set([group]) })),
];
/** Any two of them, alone or together, and everybody: no demand asks for more than two. */
const MEETINGS: readonly (readonly Approver[])[] = [
  [],
  ...EVERYBODY.flatMap((one) => EVERYBODY.map((other) => [one, other])),
  EVERYBODY,
];

/** What `APPROVAL` may say. */
const DEFAULTS: readonly (PeopleDemand | undefined)[] = [
  undefined,
  { needed: 1, by: 'anyone' },
  { needed: 1, by: GROUPS.slice(0, 1).flatMap((id) => readParty(`group:${id}`) ?? []) },
];

export function isAsStrict(strict: Verdict, mild: Verdict): boolean {
  return DEFAULTS.every((says) => isSettledAsStrict(settleDefault(strict, says), settleDefault(mild, says)));
}

function isSettledAsStrict(strict: SettledVerdict, mild: SettledVerdict): boolean {
  if (strict.outcome.kind === 'refuse') return true;
  if (mild.outcome.kind === 'refuse') return false;
  const { demands } = strict.outcome;
  const { demands: milder } = mild.outcome;
  const enough = MEETINGS.filter((people) => openDemands(demands, REQUESTER, people).length === 0);
  return (
    enough.every((people) => openDemands(milder, REQUESTER, people).length === 0) &&
    areAsStrict(strict.limits, mild.limits)
  );
}

function areAsStrict(strict: Limits, mild: Limits): boolean {
  return (
    (strict.coolDownMs ?? 0) >= (mild.coolDownMs ?? 0) &&
    (strict.scansPerPersonAndHour ?? Infinity) <= (mild.scansPerPersonAndHour ?? Infinity) &&
    (strict.mostDevices ?? Infinity) <= (mild.mostDevices ?? Infinity)
  );
}
