import type { Heading, Row } from './card-view.ts';

export interface SchedulesFields extends Heading {
  readonly rows: readonly ScheduleRow[];
  readonly more: string;
}

/** With a button of its own, that brings back the request. */
export interface ScheduleRow extends Row {
  readonly request: string;
  readonly stop: string;
}
