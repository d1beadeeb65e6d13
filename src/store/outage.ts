import { codeOf, isAbsence } from './postgres/fault.ts';
import { DatabaseSilent } from './postgres/pool.ts';

/** A full or broken disk, a file that somebody else holds. */
const DISK = /^SQLITE_(FULL|IOERR|READONLY|BUSY|LOCKED|CANTOPEN|PROTOCOL|NOLFS)/;
/** Somebody else holds the rows, or everything takes too long. */
const BUSY: ReadonlySet<string> = new Set(['55P03', '57014', '40001', '40P01', '25006']);
/** What the driver says where it has no code. */
const CONNECTION = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

/** Whether the store failed by itself: the same may go well later, whatever was asked of it. */
export function isOutage(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  if (fault instanceof DatabaseSilent) return true;
  const code = codeOf(fault);
  if (code === undefined) return CONNECTION.test(fault.message);
  return DISK.test(code) || BUSY.has(code) || isAbsence(fault);
}
