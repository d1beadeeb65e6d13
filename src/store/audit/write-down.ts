import type { Kysely } from 'kysely';
import type { AuditLine } from '../../audit/line.ts';
import { sealedLine } from '../../audit/seal.ts';
import type { SealedField } from '../../audit/seal.ts';
import type { Time } from '../../scan/ids.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';
import { append } from './chain.ts';

export interface WriteDownParts {
  readonly dialect: SqlDialect;
  readonly now: Time;
}

/**
 * Keeps these lines, in the transaction that makes them true. Where only one can write they join the chain at once.
 * Elsewhere they wait beside it, so that commits need not wait for each other, and are linked soon after.
 */
export async function writeDown(
  tx: Kysely<Tables>,
  lines: readonly AuditLine[],
  { dialect, now }: WriteDownParts,
): Promise<void> {
  if (lines.length === 0) return;
  const records = lines.map(sealedLine);
  const bodies = records.map(({ body }) => body);
  await keepBeside(
    tx,
    records.flatMap(({ fields }) => fields),
  );
  if (dialect.oneWriter) return append(tx, bodies);
  await tx
    .insertInto('audit_waiting')
    .values({ since: now, bodies: JSON.stringify(bodies) })
    .execute();
}

async function keepBeside(tx: Kysely<Tables>, fields: readonly SealedField[]): Promise<void> {
  if (fields.length === 0) return;
  // As JSON: what people type may hold characters that a text of the database cannot.
  const rows = fields.map(({ seal, person, field, salt, text }) => ({
    seal,
    person,
    field,
    salt,
    text: JSON.stringify(text),
  }));
  await tx.insertInto('audit_sealed').values(rows).execute();
}
