/** Lines for the operator. Facts never hold a token, a secret or a text from outside. */
export interface OperatorLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
