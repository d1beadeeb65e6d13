import type { ApprovalAsked, Notice } from '../../scan/notice.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Pen } from '../cards/pen.ts';
import { listed } from '../cards/who-words.ts';
import { scanPhrase } from '../cards/state-words.ts';
import { scheduleApprovedLine } from './schedule-lines.ts';

type ApprovalGiven = Extract<Notice, { say: 'approval-given' }>;

/** Somebody said yes: to the requester. */
export function approvalGivenLines({ by, open }: ApprovalGiven, pen: Pen, request: ScanRequest): readonly string[] {
  if (!open && request.wanted.plan !== undefined) return [scheduleApprovedLine(by, pen, request)];
  const key = open ? 'say.approved-in-part' : 'say.approved';
  return [pen.t(key, { name: by }, { scan: scanPhrase(request, pen) })];
}

/** To those who can approve, and to the requester about those whom nothing reached. */
export function approvalAskedLines(asked: ApprovalAsked, pen: Pen, request: ScanRequest): readonly string[] {
  const { stage, requester } = request;
  // Decided meanwhile: the card has said so already.
  if (stage.name !== 'awaiting') return [pen.t('say.approval-over', {}, { scan: scanPhrase(request, pen) })];
  const values = { requester: requester.name, until: pen.time(stage.until) };
  const question = pen.t(asked.again ? 'say.approval-reminder' : 'say.approval-asked', values, {
    scan: scanPhrase(request, pen),
  });
  return [question, ...unreachedLine(asked.unreached, pen)];
}

export function unreachedLine(unreached: readonly string[], pen: Pen): readonly string[] {
  if (unreached.length === 0) return [];
  const names = unreached.filter((name) => name !== '').map((name) => pen.t('who.name', { name }));
  const strangers = unreached.length - names.length;
  const more = strangers === 0 ? [] : [pen.t(names.length === 0 ? 'who.strangers' : 'who.more', { count: strangers })];
  return [pen.t('say.unreached', {}, { who: listed([...names, ...more], pen) })];
}
