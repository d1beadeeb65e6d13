import type { CardView } from '../../src/chat/cards/card-view.ts';
import type { Look } from '../../src/chat/cards/look.ts';
import { scanCard } from '../../src/chat/cards/scan-card.ts';
import { schedulesCard } from '../../src/chat/cards/schedules-card.ts';
import type { RequestId } from '../../src/scan/ids.ts';
import type { OwnSchedule } from '../../src/scan/notice.ts';
import type { Plan } from '../../src/scan/schedule/plan.ts';
import type { Occurrence } from '../../src/scan/schedule/scheduled.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage } from '../../src/scan/stage.ts';
import { DAY, HOUR, MINUTE } from '../../src/scan/time.ts';
import { EVERY_STAGE, following, LAPTOP, MONDAYS, NOON, requestIn, SCHEDULED } from '../chat/cards/requests.ts';

const WEEKDAYS: Plan = { ...MONDAYS, when: { is: 'weekly', days: [1, 2, 3, 4, 5], minute: 390 } };
const CHRISTMAS: Plan = {
  when: { is: 'once', day: { year: 2026, month: 12, day: 24 }, minute: 1200 },
  zone: 'Europe/Helsinki',
};
/** An hour shorter than others: there is no 03:30 in it. */
const SHORT_NIGHT: Plan = {
  when: { is: 'once', day: { year: 2027, month: 3, day: 28 }, minute: 210 },
  zone: 'Europe/Helsinki',
};
const OCCURRENCE: Occurrence = { of: '1' as RequestId, at: NOON - 10 * MINUTE, until: NOON + 20 * MINUTE };

function scheduleOf(id: string, device: string, plan: Plan, next: number): OwnSchedule {
  return { request: id as RequestId, device, type: 'Quick', plan, next };
}

/** A plan that waits to be decided. */
function planned(stage: Stage, plan: Plan): ScanRequest {
  return requestIn(stage, { wanted: { device: 'fin-laptop-07', type: 'Full', comment: 'patch day', plan } });
}

/** Scans that are to run at a time, beside their states. */
export function plannedCards(look: Look): Readonly<Record<string, CardView>> {
  const schedules = [
    { ...scheduleOf('1', LAPTOP.name, MONDAYS, SCHEDULED.next), type: 'Full' as const },
    scheduleOf('2', 'fin-server-02.contoso.com', WEEKDAYS, SCHEDULED.next + HOUR),
    scheduleOf('3', 'fin-server-03.contoso.com', CHRISTMAS, SCHEDULED.next + 30 * DAY),
  ];
  return {
    'proposed, planned': scanCard(planned(EVERY_STAGE['proposed']!, MONDAYS), look),
    'proposed, planned for the short night': scanCard(planned(EVERY_STAGE['proposed']!, SHORT_NIGHT), look),
    'awaiting, planned': scanCard(planned(EVERY_STAGE['awaiting']!, MONDAYS), look),
    'begun by a schedule': scanCard(requestIn(following('Pending'), { occurrence: OCCURRENCE }), look),
    schedules: schedulesCard(schedules, look),
    'no schedules': schedulesCard([], look),
  };
}
