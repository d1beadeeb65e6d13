/** Hears of what other replicas have written. */
export interface Wakes {
  onWake(listener: () => void): void;
  close(): Promise<void>;
}
