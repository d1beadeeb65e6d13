import { chained, START } from '../../src/audit/chain.ts';
import type { ChainRow, Head } from '../../src/audit/chain.ts';
import { ChainCheck } from '../../src/audit/chain-check.ts';
import type { Beside } from '../../src/audit/chain-check.ts';
import type { AuditLine, PersonalField } from '../../src/audit/line.ts';
import { sealedLine } from '../../src/audit/seal.ts';
import type { Plain } from '../../src/audit/seal.ts';
import type { PersonId, RequestId } from '../../src/scan/ids.ts';
import { NOON } from '../support/requests.ts';

export const ALICE = '11111111-aaaa-4aaa-8aaa-111111111111' as PersonId;

export interface Chain {
  readonly rows: readonly ChainRow[];
  readonly beside: Map<string, Plain>;
}

export function lineOf(wish: Partial<AuditLine> = {}): AuditLine {
  const personal = [{ field: 'who', text: ALICE, person: ALICE }];
  return { at: NOON, request: 'r' as RequestId, who: 'person', what: 'asked', facts: {}, personal, ...wish };
}

export function commentOf(text: string): PersonalField {
  return { field: 'comment', text, person: ALICE };
}

export function chainOf(lines: readonly AuditLine[]): Chain {
  const records = lines.map(sealedLine);
  const rows = chained(
    START,
    records.map(({ body }) => body),
  );
  const plain = records.flatMap(({ fields }) => fields).map((field) => [field.seal, field] as const);
  return { rows, beside: new Map(plain) };
}

/** Lines that differ in what they say. */
export function lines(count: number): readonly AuditLine[] {
  return Array.from({ length: count }, (_, index) => lineOf({ at: NOON + index, facts: { index } }));
}

export function findingsOf(
  rows: readonly ChainRow[],
  beside: Beside,
  anchors: readonly Head[] = [],
): readonly string[] {
  const check = new ChainCheck(anchors);
  for (const row of rows) check.see(row, beside);
  return check.end(false).map(({ n, what }) => `${n}: ${what}`);
}
