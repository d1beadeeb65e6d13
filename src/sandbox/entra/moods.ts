/** What is wrong with the stand-in today. Everything starts well; `reset` makes it well again. */
export class EntraMoods {
  /** Rights by short name (`Machine.Scan`) that no administrator consented to: AADSTS65001. */
  consentMissing = new Set<string>();
  /** Object ids of whom a second factor is asked until a sign-in carries `amr: mfa`: AADSTS50076. */
  mfaAsked = new Set<string>();
  /** Object ids whose sessions up to that time (ms) were revoked: AADSTS50173. */
  revokedAt = new Map<string, number>();
  /** Object ids of disabled accounts: AADSTS50057. */
  disabled = new Set<string>();
  /** Object ids for whom Entra answers 429, with the seconds to wait. */
  throttled = new Map<string, number>();
  /** Defender's tokens issued up to that time (ms) are not taken any more, as after a revocation. */
  tokensEndedAt: number | undefined = undefined;
  /** The app's secret has expired or is another one: AADSTS7000215. */
  secretWrong = false;
  /** The address of the app's own API is not set (AADSTS500011), or its tokens are of the first version. */
  exposedApi: 'set' | 'missing' | 'first-version' = 'set';
  /** Answers 503 with AADSTS90033 and, when it is a number, `Retry-After`. */
  unavailable: number | 'without-retry-after' | undefined = undefined;
  /** Cuts the connection instead of answering. */
  down = false;
  /** Answers with a page instead of JSON, as a proxy in between does. */
  proxyPage = false;
  /** Milliseconds before any answer. */
  slowMs = 0;
  /** Seconds for which access tokens live; MSAL asks again 300 s before. */
  ttlSeconds = 3600;
  /** Answers on-behalf-of without a refresh token. */
  withholdsRefreshTokens = false;
  /** Puts every consented right into a token, not just those asked for. */
  widerScopes = false;

  reset(): void {
    Object.assign(this, new EntraMoods());
  }
}
