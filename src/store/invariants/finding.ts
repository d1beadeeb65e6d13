/** A row that cannot be as it is. */
export interface Finding {
  readonly row: string;
  readonly what: string;
}
