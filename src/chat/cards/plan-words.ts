import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Plan } from '../../scan/schedule/plan.ts';
import { nextTime } from '../../scan/schedule/plan.ts';
import type { Shown } from '../../scan/schedule/wall-clock.ts';
import type { Time } from '../../scan/ids.ts';
import type { Fact, Note } from './card-view.ts';
import { fact } from './facts.ts';
import type { Pen } from './pen.ts';

const EVERY_DAY = 7;

/** `every Monday at 22:00 (Europe/Stockholm), until 20 May 2027`: by the clock of whoever planned it. */
export function planText(plan: Plan, pen: Pen): string {
  const { when, zone, until } = plan;
  const once = nextTime(plan, 0);
  if (when.is !== 'weekly')
    return once === undefined ? '' : pen.t('plan.once', { at: momentIn(plan, once.at, pen), zone });
  const values = { time: clockText(when.minute), zone };
  const text = when.days.length === EVERY_DAY ? pen.t('plan.daily', values) : weekly(plan, values, pen);
  if (until === undefined) return text;
  return pen.t('plan.until', { until: pen.words.date(until, zone) }, { plan: text });
}

function weekly({ when }: Plan, values: { readonly time: string; readonly zone: string }, pen: Pen): string {
  const days = when.is === 'weekly' ? when.days : [];
  if (days.join('') === '12345') return pen.t('plan.weekdays', values);
  return pen.t('plan.weekly', { ...values, days: pen.words.list(days.map((day) => pen.words.dayName(day))) });
}

/** `Mon 23 Nov, 22:00`, by the clock of the plan. */
export function momentIn({ zone }: Pick<Plan, 'zone'>, at: Time, pen: Pen): string {
  return pen.words.moment(at, zone);
}

/** The next time of a request that is planned; of one that is over, empty. */
export function nextText({ stage, wanted: { plan } }: ScanRequest, pen: Pen): string {
  if (plan === undefined) return '';
  const next = stage.name === 'scheduled' ? stage.next : nextTime(plan, pen.look.now)?.at;
  return next === undefined ? '' : momentIn(plan, next, pen);
}

/** When it is to run; what repeats, with its next time. */
export function planFacts(request: ScanRequest, pen: Pen): readonly Fact[] {
  const { plan } = request.wanted;
  if (plan === undefined) return occurrenceFacts(request, pen);
  const next = plan.when.is === 'weekly' ? nextText(request, pen) : '';
  const isOver = request.stage.name === 'closed';
  return [fact(pen, 'planned', planText(plan, pen)), ...(next === '' || isOver ? [] : [fact(pen, 'next-run', next)])];
}

function occurrenceFacts({ occurrence }: ScanRequest, pen: Pen): readonly Fact[] {
  return occurrence === undefined ? [] : [fact(pen, 'from-schedule', pen.time(occurrence.at))];
}

/** Clocks are put forward, or back, in the night of the next time. */
export function oddHourNotes(request: ScanRequest, pen: Pen): readonly Note[] {
  const note = oddHour(request, pen);
  return note === '' ? [] : [{ note: `🕒 ${note}`, noteColor: 'warning' }];
}

export function oddHour({ stage, wanted: { plan } }: ScanRequest, pen: Pen): string {
  const next = plan && nextShown(stage, plan, pen.look.now);
  if (next === undefined || next.is === 'once' || plan?.when.is === undefined || plan.when.is === 'at') return '';
  const values = { time: clockText(plan.when.minute), day: pen.words.date(next.at, plan.zone) };
  return pen.t(`plan.${next.is}`, { ...values, at: pen.words.clock(next.at, plan.zone) });
}

function nextShown(stage: ScanRequest['stage'], plan: Plan, now: Time): Shown | undefined {
  if (stage.name === 'scheduled') return { at: stage.next, is: stage.oddly ?? 'once' };
  return stage.name === 'closed' ? undefined : nextTime(plan, now);
}

function clockText(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
