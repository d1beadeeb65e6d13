import type { Refusal } from '../../scan/refusal.ts';
import type { Pen } from './pen.ts';

export interface RefusalWords {
  /** Who refused, and why. */
  readonly what: string;
  /** What the person can do now. */
  readonly next: string;
  /** Code and correlation id for Microsoft's support; empty when the refusal carries neither. */
  readonly trace: string;
}

export function refusalWords(refusal: Refusal, pen: Pen): RefusalWords {
  const { kind, retryAt } = refusal;
  return {
    what: pen.t(`refusal.${kind}.what`),
    next: retryAt === undefined ? pen.t(`refusal.${kind}.next`) : pen.t('refusal-retry', { at: pen.time(retryAt) }),
    trace: traceOf(refusal, pen),
  };
}

function traceOf(refusal: Refusal, pen: Pen): string {
  const { status, code, target } = refusal;
  const codes = [status === undefined ? '' : `HTTP ${status}`, code ?? ''].filter((part) => part !== '').join(', ');
  const parts = [
    codes === '' ? '' : pen.t('trace.code', { code: codes }),
    target === undefined || target === '' ? '' : pen.t('trace.target', { target }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
