import type { z } from 'zod';
import { pathText, valueAt } from './fault.ts';
import type { PolicyFault, Step } from './fault.ts';
import { knownKeys, remedyFor } from './remedies.ts';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  int: 'a whole number',
  number: 'a whole number',
};

/** What the shape found, in words of the file. */
export function shapeFaults(json: unknown, issues: readonly Issue[], at: readonly Step[] = []): readonly PolicyFault[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...(issue.path as readonly Step[])];
    if (issue.code === 'unrecognized_keys') return unknownKeys(json, path, issue.keys);
    if (issue.code === 'invalid_union') return unionFaults(json, path, issue.errors);
    return [faultAt(path, phrase(json, path, issue))];
  });
}

function phrase(json: unknown, path: readonly Step[], issue: Issue): string {
  if (valueAt(json, path) === undefined && path.length > 0) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `is not ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'array' ? 'is an empty list' : `is less than ${String(issue.minimum)}`;
    case 'too_big':
      return `is more than ${String(issue.maximum)}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'invalid_format':
      return 'is not written as it has to be';
    case 'custom':
      return issue.message;
    case 'invalid_value':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_union':
    case 'unrecognized_keys':
      return 'is not one of the values that it may have';
  }
}

function unknownKeys(json: unknown, path: readonly Step[], keys: readonly string[]): readonly PolicyFault[] {
  const known = knownKeys(json, path);
  const remedy = known.length === 0 ? {} : { remedy: `Known here: ${known.join(', ')}.` };
  return keys.map((key) => ({ path: pathText([...path, key]), fault: 'is not a known key', ...remedy }));
}

/** Of the ways to write an outcome only the one that was meant is worth faults. */
function unionFaults(
  json: unknown,
  path: readonly Step[],
  ways: readonly (readonly Issue[])[],
): readonly PolicyFault[] {
  const value = valueAt(json, path);
  if (value === undefined) return [faultAt(path, 'is missing')];
  const last = path.at(-1);
  if (last === 'by' && Array.isArray(value)) return shapeFaults(json, ways[1] ?? [], path);
  if (last === 'then' && typeof value === 'object' && value !== null) return outcomeFaults(json, path, ways);
  return [faultAt(path, 'is not one of the values that it may have')];
}

function outcomeFaults(
  json: unknown,
  path: readonly Step[],
  ways: readonly (readonly Issue[])[],
): readonly PolicyFault[] {
  const way = meantWay(valueAt(json, path) as object);
  return way === undefined
    ? [faultAt(path, 'does not have exactly one of allow, refuse and approvals')]
    : shapeFaults(json, ways[way] ?? [], path);
}

/** The place in the union of shape.ts. */
function meantWay(then: object): number | undefined {
  const named = ['allow', 'refuse', 'approvals'].filter((key) => Object.hasOwn(then, key));
  if (named.length !== 1) return undefined;
  if (named[0] === 'approvals') return valueAt(then, ['approvals']) === 0 ? 2 : 3;
  return named[0] === 'allow' ? 0 : 1;
}

function faultAt(path: readonly Step[], fault: string): PolicyFault {
  const remedy = remedyFor(path);
  return { path: pathText(path), fault, ...(remedy === undefined ? {} : { remedy }) };
}
