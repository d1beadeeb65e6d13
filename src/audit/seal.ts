import { hash, randomBytes } from 'node:crypto';
import type { AuditLine, PersonalField } from './line.ts';

/** A personal field as it stands beside the chain. Without salt and text nobody can tell what its seal once sealed. */
export interface SealedField extends PersonalField {
  readonly seal: string;
  readonly salt: string;
}

/** What can be held against a seal. */
export type Plain = Pick<SealedField, 'seal' | 'salt' | 'text'>;

const SALT_BYTES = 16;

export function sealed(field: PersonalField): SealedField {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  return { ...field, salt, seal: sealOf(salt, field.field, field.text) };
}

export function isIntact({ seal, salt, text }: Plain, field: string): boolean {
  return sealOf(salt, field, text) === seal;
}

function sealOf(salt: string, field: string, text: string): string {
  return hash('sha256', JSON.stringify([salt, field, text]));
}

/** A line without its place: what it says in the open, and the seals of what it does not. */
export interface SealedLine {
  readonly body: string;
  readonly fields: readonly SealedField[];
}

export function sealedLine({ personal, ...line }: AuditLine): SealedLine {
  const fields = personal.map(sealed);
  const seals = Object.fromEntries(fields.map(({ field, seal }) => [field, seal]));
  return { body: JSON.stringify({ ...line, sealed: seals }), fields };
}
