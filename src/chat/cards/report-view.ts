import type { Fact, Heading } from './card-view.ts';

export interface ReportFields extends Heading {
  readonly facts: readonly Fact[];
  readonly chartTitle: string;
  readonly bars: readonly { readonly x: string; readonly y: number }[];
  readonly tables: readonly ReportTable[];
}

export interface ReportTable {
  readonly name: string;
  readonly number: string;
  readonly rows: readonly { readonly name: string; readonly number: string }[];
}

export interface CsvFields extends Heading {
  readonly csv: string;
}
