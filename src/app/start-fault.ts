import { STORE_FAULTS } from '../store/open-store.ts';

/** Faults at the start that an operator can mend, by the name of their class: their text says how. */
const MENDABLE: ReadonlySet<string> = new Set([...STORE_FAULTS, 'CredentialFault']);

/** What to tell the operator; undefined for a fault that only a developer can mend. */
export function knownStartFault(fault: unknown, metricsPort?: number): string | undefined {
  if (!(fault instanceof Error)) return undefined;
  if (MENDABLE.has(fault.name)) return fault.message;
  const code = 'code' in fault ? fault.code : undefined;
  const variable = 'port' in fault && metricsPort === fault.port ? 'METRICS_PORT' : 'PORT';
  if (code === 'EADDRINUSE') {
    return `${variable} is in use by another program. Stop that program, or set another ${variable}.`;
  }
  const isListening = 'syscall' in fault && fault.syscall === 'listen';
  if (isListening && code === 'EACCES') {
    return `${variable} may not be opened by this account. Set ${variable} to one above 1023.`;
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `Access denied: ${fault.message}`;
  return undefined;
}
