import type { OwnSchedule } from '../../scan/notice.ts';
import type { CardView } from './card-view.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen } from './pen.ts';
import type { ScheduleRow, SchedulesFields } from './schedules-view.ts';
import { momentIn, planText } from './plan-words.ts';

const MOST_ROWS = 10;

/** What the reader has planned, each with a button that stops it. */
export function schedulesCard(schedules: readonly OwnSchedule[], look: Look): CardView {
  const pen = cardPen(look);
  const summary = pen.words.t('list.schedules.heading');
  const count = schedules.length - MOST_ROWS;
  const data: SchedulesFields = {
    language: pen.words.letters,
    fallback: summary,
    heading: pen.t('list.schedules.heading'),
    color: 'default',
    text: pen.t(schedules.length === 0 ? 'list.schedules.none' : 'list.schedules.intro'),
    rows: schedules.slice(0, MOST_ROWS).map((schedule, index) => rowOf(schedule, index + 1, pen)),
    more: count > 0 ? pen.t('list.more', { count }) : '',
    next: pen.t('list.schedules.next'),
  };
  return { template: 'schedules', data, summary };
}

/** Numbered: buttons with the same words could not be told apart. */
function rowOf({ request, device, type, plan, next }: OwnSchedule, nth: number, pen: Pen): ScheduleRow {
  const when = planText(plan, pen);
  const nextTime = pen.t('list.schedules.next-time', { next: momentIn(plan, next, pen) });
  return {
    title: `${nth}\\. ${pen.t(`scan.${type}`, { device })}`,
    line: plan.when.is === 'weekly' ? `${when}. ${nextTime}` : when,
    request,
    stop: pen.t('button.stop-nth', { nth }),
  };
}
