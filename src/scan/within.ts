import type { Clock } from './ports.ts';

/** The answer, or `late` when it takes longer. The work goes on all the same. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | 'late'> {
  let stopWaiting = (): void => undefined;
  const late = new Promise<'late'>((resolve) => {
    stopWaiting = clock.after(ms, () => {
      resolve('late');
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stopWaiting();
  }
}
