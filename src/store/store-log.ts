export interface StoreLog {
  warn(facts: object, message: string): void;
}
