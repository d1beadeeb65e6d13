import type { ScanType } from '../../scan/device.ts';
import { LANGUAGES } from '../languages.ts';
import { deviceWord, quotedDevice } from './device-word.ts';
import type { Role } from './grammar.ts';
import type { Token } from './token.ts';

/** What follows a command: the device, the types named, and where the reason begins in the matching text. */
export interface Order {
  readonly device: string | undefined;
  readonly types: ReadonlySet<ScanType>;
  readonly reasonAt: number | undefined;
  /** What stands before the reason. */
  readonly before: readonly Token[];
}

export function readOrder(tokens: readonly Token[]): Order {
  const named = tokens.findIndex((token) => token.kind === 'selector' || deviceOf(token) !== undefined);
  const reason = tokens.findIndex((_, index) => introducesReason(tokens, index, named));
  const before = reason === -1 ? tokens : tokens.slice(0, reason);
  const device = before.map(deviceOf).find((name) => name !== undefined) ?? nounAsDevice(before);
  const reasonAt = reason === -1 ? undefined : reasonStart(tokens, reason);
  return { device, types: typesIn(before), reasonAt, before };
}

export function typesIn(tokens: readonly Token[]): ReadonlySet<ScanType> {
  const types = new Set<ScanType>();
  for (const token of tokens) {
    if (token.kind !== 'phrase') continue;
    const { role } = token;
    if ((role.is === 'type' || role.is === 'command') && role.type !== undefined) types.add(role.type);
  }
  return types;
}

export function deviceOf(token: Token): string | undefined {
  if (token.kind === 'word') return deviceWord(token.text);
  return token.kind === 'quoted' ? quotedDevice(token.text) : undefined;
}

function introducesReason(tokens: readonly Token[], index: number, named: number): boolean {
  const token = tokens[index];
  if (hasRole(token, 'reason')) return true;
  if (named === -1 || index <= named) return false;
  if (hasRole(token, 'reason-after-device')) return true;
  if (token?.kind === 'dash') return !leadsToType(tokens, index);
  return token?.kind === 'colon' && followsDevice(tokens, index, named) && !leadsToType(tokens, index);
}

/** `laptop-7: …`, `laptop-7, laptop-8: …` and `laptop-7 full: …` give a reason; in `laptop-7 type: full` the colon only belongs to its label. */
function followsDevice(tokens: readonly Token[], index: number, named: number): boolean {
  const previous = tokens[index - 1];
  if (index - 1 === named || hasRole(previous, 'type') || hasRole(previous, 'device-noun')) return true;
  return isApart(tokens, index) && tokens.slice(named, index).every((one) => namesDevices(one) || isConjunction(one));
}

/** `laptop-8: …`, and not the colon of `22:00`. */
function isApart(tokens: readonly Token[], index: number): boolean {
  const [colon, next] = tokens.slice(index, index + 2);
  return colon !== undefined && (next === undefined || next.start > colon.end);
}

export function namesDevices(token: Token): boolean {
  return token.kind === 'selector' || deviceOf(token) !== undefined;
}

/** In every language: `A and B` is the same list to everybody. */
const CONJUNCTIONS: ReadonlySet<string> = new Set(
  [...LANGUAGES.values()].flatMap(({ grammar }) => grammar.conjunctions),
);

export function isConjunction(token: Token): boolean {
  return hasRole(token, 'filler') && token.kind === 'phrase' && CONJUNCTIONS.has(token.phrase.text);
}

/** `laptop-7 - full` names a type, `laptop-7 - full disk` a reason. */
function leadsToType(tokens: readonly Token[], index: number): boolean {
  const after = tokens[index + 2];
  if (!hasRole(tokens[index + 1], 'type')) return false;
  return after === undefined || hasRole(after, 'reason') || hasRole(after, 'command') || after.kind === 'dash';
}

/** Of `laptop-7: because …` the word begins the reason, not the colon. */
function reasonStart(tokens: readonly Token[], index: number): number | undefined {
  const token = tokens[index];
  const next = tokens[index + 1];
  return token?.kind !== 'phrase' && hasRole(next, 'reason') ? next?.end : token?.end;
}

/** A device may really be called `server`; `the server` is no name. */
function nounAsDevice(tokens: readonly Token[]): string | undefined {
  const noun = tokens.findLast((token, index) => {
    const previous = tokens[index - 1];
    return hasRole(token, 'device-noun') && previous?.kind !== 'word' && !hasRole(previous, 'article');
  });
  return noun?.kind === 'phrase' ? noun.text : undefined;
}

export function hasRole(token: Token | undefined, role: Role['is']): boolean {
  return token?.kind === 'phrase' && token.role.is === role;
}
