import type { Batch } from '../../batch/batch.ts';
import { batchNotice } from '../../batch/batch-moves.ts';
import type { Message } from '../../message.ts';

/** As many rows as surely fit into one message. */
export const ROWS_PER_MESSAGE = 100;

/** The outcome of each scan as text to be copied, in as many messages as it takes. */
export function csvMessages(batch: Batch, scans: number): readonly Message[] {
  const parts = Math.ceil(scans / ROWS_PER_MESSAGE);
  return Array.from({ length: parts }, (_, part) => {
    const from = part * ROWS_PER_MESSAGE;
    const message = batchNotice(batch, { say: 'batch-csv', batch: batch.id, from }, false);
    return { ...message, id: `${message.id}:${from}` };
  });
}
