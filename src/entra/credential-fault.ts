/** The app has nothing to prove itself with: because of its configuration, or because its platform does not answer. */
export class CredentialFault extends Error {
  override readonly name = 'CredentialFault';
  readonly why: 'misconfigured' | 'unavailable';
  readonly code: string;

  constructor(why: CredentialFault['why'], code: string, message: string) {
    super(message);
    this.why = why;
    this.code = code;
  }
}
