/** The database cannot be used as it was named; what to do stands in the message, the address and the password do not. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}

/** Nobody answered in all the time there was; another start may find somebody. */
export class StoreAbsent extends Error {
  override readonly name = 'StoreAbsent';

  constructor(cause: unknown) {
    super(`The database that DATABASE_URL names does not answer (${codeOf(cause) ?? 'the connection broke'}).`, {
      cause,
    });
  }
}

/** Classes of SQLSTATE, or the whole of it, that pass by themselves: connection lost, too many, shut down, starting up. */
const PASSING = /^(08|53|57P)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
const NETWORK = /^(ECONN|EHOST|ENET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|ENOENT)/;
const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

const MENDS: Readonly<Record<string, string>> = {
  '28P01': 'refuses the user name or the password',
  '28000': 'does not let this account in (see its pg_hba.conf; it may ask for TLS: ?sslmode=verify-full)',
  '3D000': 'has no database by that name',
  '42501': 'does not let this account do what the store needs: it must own its schema, or may create tables there',
};

/** What an operator has to mend; undefined when it may pass by itself, or when it is no fault of the connection. */
export function toMend(error: unknown): StoreUnreachable | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const why = TLS.test(code) ? `has a certificate that is not trusted (${code})` : MENDS[code];
  if (why === undefined) return undefined;
  return new StoreUnreachable(`The database that DATABASE_URL names ${why}.`, { cause: error });
}

/** Nobody is there, or not yet. */
export function isAbsence(error: unknown): boolean {
  const code = codeOf(error);
  // What the driver itself says of a connection that broke or came too late has neither a code nor a name of its own.
  if (code === undefined) return error instanceof Error && error.constructor === Error;
  return SQLSTATE.test(code) ? PASSING.test(code) : NETWORK.test(code);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
