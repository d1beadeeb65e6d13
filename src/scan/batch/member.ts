import type { Time } from '../ids.ts';
import { approvedStage } from '../decided.ts';
import type { Write } from '../ports.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { InBatch } from './batch.ts';
import type { PlannedScan } from './plan.ts';

/** One scan of many begins: a request like any other, decided with the others. Carried out twice, it is one. */
export function beginMember(batch: InBatch<'running'>, { id, device }: PlannedScan, now: Time): Write {
  const { content, by } = batch.stage;
  const { requester, thread, askedAt, approvals } = batch;
  const wanted = { device: device.id, type: content.type, comment: content.comment };
  const stage = approvedStage({}, { device, content, by }, now);
  const about = batch.wanted.about === undefined ? {} : { about: batch.wanted.about };
  const after: ScanRequest = {
    id,
    rev: 1,
    requester,
    thread,
    askedAt,
    wanted: { ...wanted, ...about },
    stage,
    batch: batch.id,
    ...(approvals !== undefined && { approvals }),
  };
  const facts = { batch: batch.id, type: content.type };
  const event = { request: id, at: now, who: by, what: 'approved with others', facts };
  return { whileGoing: batch.id, move: { before: undefined, after }, events: [event] };
}

/** One of many says nothing itself: its card, its notices and what waits for a look at findings are the many's. */
export function quiet(write: Write): Write {
  if (write.move?.after.batch === undefined) return write;
  const { search } = write;
  const rest = { ...write, messages: [] };
  return search === undefined ? rest : { ...rest, search: { ...search, search: { ...search.search, then: [] } } };
}
