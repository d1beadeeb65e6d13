import { STORE_FAULTS } from '../store/open-store.ts';

/** Faults at the start that an operator can mend, by the name of their class: their text says how. */
const MENDABLE: ReadonlySet<string> = new Set([...STORE_FAULTS, 'CredentialFault']);

/** What to tell the operator; undefined for a fault that only a developer can mend. */
export function knownStartFault(fault: unknown): string | undefined {
  if (!(fault instanceof Error)) return undefined;
  if (MENDABLE.has(fault.name)) return fault.message;
  const code = 'code' in fault ? fault.code : undefined;
  if (code === 'EADDRINUSE') return 'PORT is in use by another program. Stop that program, or set another PORT.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `Access denied: ${fault.message}`;
  return undefined;
}
