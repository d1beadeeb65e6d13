import { approvedStage } from './decided.ts';
import type { PersonId, Time } from './ids.ts';
import type { In } from './moves.ts';
import { after, cardMessage, move, noticeMessage, withCard } from './moves.ts';
import type { Write } from './ports.ts';
import type { Holder, Queued } from './queued.ts';
import type { ScanRequest } from './scan-request.ts';
import { contentOf } from './scan-request.ts';
import { HOUR } from './time.ts';

/** How long a decision waits behind another scan. A Full scan takes hours; after a day somebody should think again. */
export const QUEUE_WITHIN = 24 * HOUR;

/** How others are told of the request that has a device. */
export function holderOf(request: ScanRequest): Holder {
  const { id, requester, wanted } = request;
  return { request: id, requester: requester.name, type: contentOf(request)?.type ?? wanted.type };
}

/** Another request has the device: this one starts by itself when that one is over. */
export function queueBehind(request: In<'approved'>, behind: Holder, now: Time): Write {
  const { device, content, by } = request.stage;
  // A scan of a schedule has its hour.
  const until = request.queuedUntil ?? Math.min(now + QUEUE_WITHIN, request.occurrence?.until ?? Infinity);
  const stage: Queued = { name: 'queued', device, content, by, at: now, behind, until, then: 'run' };
  const write = withCard(request, stage, queuedBy('bot', 'queued', behind, now));
  return { ...write, move: { before: request, after: after({ ...request, queuedUntil: until }, stage) } };
}

/** The person would rather watch the scan that is under way than have one of their own. */
export function followInstead(request: In<'proposed' | 'queued'>, behind: Holder, by: PersonId, now: Time): Write {
  const kept = { behind, until: now + QUEUE_WITHIN, then: 'follow' } as const;
  const stage: Queued = { name: 'queued', ...chosen(request, by, now), ...kept };
  return withCard(request, stage, queuedBy(by, 'follows another', behind, now));
}

/** Who was waited for is over, and another one was quicker. */
export function waitBehind(request: In<'queued'>, behind: Holder, now: Time): Write {
  return withCard(request, { ...request.stage, behind }, queuedBy('bot', 'queued', behind, now));
}

/** The device is free: the scan goes out. */
export function leaveQueue(request: In<'queued'>, now: Time): Write {
  const { device, content, by, until } = request.stage;
  const free = approvedStage(request, { device, content, by }, now);
  const stage = { ...free, until: Math.min(free.until, until) };
  const told = noticeMessage(request, { say: 'queue-over', request: request.id }, true);
  // It may come to wait once more: then this is another message.
  const messages = [cardMessage(request), { ...told, id: `${told.id}:${request.rev}` }];
  return move(request, stage, { who: 'bot', what: 'the device is free', at: now }, messages);
}

/** The device that was busy when the card was drawn is free: it is drawn without that. */
export function freed(request: In<'proposed'>, now: Time): Write {
  const stage = { ...request.stage, holder: undefined };
  return withCard(request, stage, { who: 'bot', what: 'the device is free', at: now });
}

function chosen(
  request: In<'proposed' | 'queued'>,
  by: PersonId,
  now: Time,
): Pick<Queued, 'device' | 'content' | 'by' | 'at'> {
  const { stage, wanted } = request;
  if (stage.name === 'queued') return stage;
  const content = { type: wanted.type ?? 'Quick', comment: wanted.comment ?? '' } as const;
  return { device: stage.device, content, by, at: now };
}

function queuedBy(who: PersonId | 'bot', what: string, behind: Holder, at: Time): Parameters<typeof move>[2] {
  return { who, what, at, facts: { behind: behind.request } };
}
