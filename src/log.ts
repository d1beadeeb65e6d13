import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream } from 'pino';
import { withoutSecrets, withoutTokens } from './log/without-secrets.ts';

/** The first is the default. */
export const LOG_LEVELS = ['info', 'debug', 'trace', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * What happened, one JSON line each: ids, stages, counts, times and error codes.
 * Never what people wrote (comments, message texts), never a token or a secret. What slips in is cut out here, but
 * that is the last fence, not the rule: do not hand it over.
 */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const lines = pino(
    {
      level,
      base: {},
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // pino's own serializer would spread out errors anew.
      serializers: { err: (err: unknown) => err },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return {
    debug: (facts, message) => {
      lines.debug(withoutSecrets(facts), withoutTokens(message));
    },
    info: (facts, message) => {
      lines.info(withoutSecrets(facts), withoutTokens(message));
    },
    warn: (facts, message) => {
      lines.warn(withoutSecrets(facts), withoutTokens(message));
    },
    error: (facts, message) => {
      lines.error(withoutSecrets(facts), withoutTokens(message));
    },
  };
}
