import type { Notice, ScheduleNotice } from '../../scan/notice.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Pen } from '../cards/pen.ts';
import { momentIn, nextText } from '../cards/plan-words.ts';
import { deviceName, scanPhrase } from '../cards/state-words.ts';

/** What there is to tell about one schedule. */
export function scheduleLines(notice: ScheduleNotice, pen: Pen, request: ScanRequest): readonly string[] {
  const scan = scanPhrase(request, pen);
  switch (notice.say) {
    case 'schedule-stopped':
    case 'schedule-over':
      return [pen.t(`say.${notice.say}`, {}, { scan })];
    case 'schedule-sign-in':
    case 'schedule-signed-in':
      return [pen.t(`say.${notice.say}`, { next: nextText(request, pen) }, { scan })];
    case 'schedule-missed':
      return missedLines(notice, pen, request);
  }
}

function missedLines(
  { at, count }: Extract<ScheduleNotice, { say: 'schedule-missed' }>,
  pen: Pen,
  request: ScanRequest,
): readonly string[] {
  const { plan } = request.wanted;
  const when = plan === undefined ? pen.time(at) : momentIn(plan, at, pen);
  const told = pen.t('say.schedule-missed', { at: when, count }, { scan: scanPhrase(request, pen) });
  const device = deviceName(request, pen);
  if (request.stage.name !== 'scheduled') return [told, pen.t('say.schedule-missed-again', { device })];
  return [told, pen.t('say.schedule-missed-next', { next: nextText(request, pen), device })];
}

/** The last yes that a schedule needed. */
export function scheduleApprovedLine(by: string, pen: Pen, request: ScanRequest): string {
  const values = { name: by, next: nextText(request, pen) };
  return pen.t('say.schedule-approved', values, { scan: scanPhrase(request, pen) });
}

/** Why nothing was planned, or stopped. */
export function noPlanLines(
  notice: Extract<Notice, { say: 'which-time' | 'no-such-schedule' }>,
  pen: Pen,
): readonly string[] {
  if (notice.say === 'which-time') return [pen.t(`which-time.${notice.fault}`), pen.t('which-time.next')];
  const { device } = notice;
  return [device === undefined ? pen.t('say.no-schedules') : pen.t('say.no-such-schedule', { device })];
}
