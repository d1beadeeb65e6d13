import type { BatchAwaitingFields, BatchConfirmFields, BatchFields } from './batch-view.ts';
import type { ExtensionFields, FindFields, PickFields } from './choosing-view.ts';
import type { CsvFields, ReportFields } from './report-view.ts';
import type { SchedulesFields } from './schedules-view.ts';

/** Everything that a card shows, ready to be put into its template: texts are final and made safe. */
export type CardView =
  | { readonly template: 'confirm'; readonly data: ConfirmFields; readonly summary: string; readonly refresh?: Refresh }
  | { readonly template: 'approve'; readonly data: ApproveFields; readonly summary: string; readonly refresh?: Refresh }
  | {
      readonly template: 'awaiting';
      readonly data: AwaitingFields;
      readonly summary: string;
      readonly refresh?: Refresh;
    }
  | { readonly template: 'pick'; readonly data: PickFields; readonly summary: string }
  | { readonly template: 'find'; readonly data: FindFields; readonly summary: string }
  | { readonly template: 'extension'; readonly data: ExtensionFields; readonly summary: string }
  | { readonly template: 'scan'; readonly data: ScanFields; readonly summary: string; readonly refresh?: Refresh }
  | { readonly template: 'batch-confirm'; readonly data: BatchConfirmFields; readonly summary: string }
  | {
      readonly template: 'batch-awaiting';
      readonly data: BatchAwaitingFields;
      readonly summary: string;
      readonly refresh?: Refresh;
    }
  | { readonly template: 'batch'; readonly data: BatchFields; readonly summary: string; readonly refresh?: Refresh }
  | { readonly template: 'help'; readonly data: HelpFields; readonly summary: string }
  | { readonly template: 'schedules'; readonly data: SchedulesFields; readonly summary: string }
  | { readonly template: 'report'; readonly data: ReportFields; readonly summary: string }
  | { readonly template: 'csv'; readonly data: CsvFields; readonly summary: string }
  | { readonly template: 'list'; readonly data: ListFields; readonly summary: string };

/** Whose clients ask for a view of their own when they show the card. */
export interface Refresh {
  readonly request: string;
  /** As Teams names people (`29:…`). */
  readonly userIds: readonly string[];
}

export type Color = 'default' | 'accent' | 'good' | 'warning' | 'attention';

export interface Fact {
  readonly title: string;
  readonly value: string;
}

export interface Note {
  readonly note: string;
  readonly noteColor: Color;
}

/** On every card. An empty text is not drawn. */
export interface Heading {
  readonly language: string;
  readonly fallback: string;
  readonly heading: string;
  readonly color: Color;
  readonly text: string;
  readonly next: string;
}

/** What a press brings back. */
export interface Pressed {
  readonly request: string;
  readonly rev: number;
  readonly dismiss: string;
}

export interface ScanFields extends Heading {
  readonly device: string;
  readonly facts: readonly Fact[];
  /** What was found in a line, and the alerts one by one. */
  readonly found: string;
  readonly alerts: readonly AlertRow[];
  readonly trace: string;
  /** Empty unless the request waits for another one. */
  readonly follow: string;
  readonly withdraw: string;
  readonly request: string;
  readonly rev: number;
  /** Empty when there is no device to open. */
  readonly link: string;
  readonly open: string;
  /** Empty until it is over. */
  readonly again: string;
  /** Empty where nothing can be cancelled. */
  readonly cancel: string;
  /** Empty unless it is one. */
  readonly stopSchedule: string;
}

export interface ConfirmFields extends Heading, Pressed, InputFields {
  readonly device: string;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
  readonly people: readonly Fact[];
  readonly run: string;
  /** Empty unless another request has the device. */
  readonly follow: string;
}

/** Type and comment, to be chosen and written. */
export interface InputFields {
  readonly faults: readonly Note[];
  readonly typeLabel: string;
  readonly typeMissing: string;
  readonly quick: string;
  readonly full: string;
  readonly type: string;
  readonly commentLabel: string;
  readonly commentHint: string;
  readonly commentMissing: string;
  readonly comment: string;
  readonly longest: number;
}

/** While others must approve. */
interface Awaited extends Heading {
  readonly device: string;
  readonly facts: readonly Fact[];
  readonly notes: readonly Note[];
  readonly people: readonly Fact[];
  readonly request: string;
  readonly rev: number;
}

export interface ApproveFields extends Awaited {
  readonly reasonLabel: string;
  readonly reasonHint: string;
  readonly approve: string;
  readonly decline: string;
}

export interface AwaitingFields extends Awaited, InputFields {
  readonly change: string;
  readonly withdraw: string;
}

export interface HelpFields extends Heading {
  readonly rows: readonly Row[];
  readonly signsIn: boolean;
  readonly signIn: string;
}

export interface AlertRow {
  readonly alert: string;
}

export interface ListFields extends Heading {
  readonly rows: readonly Row[];
  readonly more: string;
}

export interface Row {
  readonly title: string;
  readonly line: string;
}
