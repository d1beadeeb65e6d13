import { promisify } from 'node:util';
import { PACE, SINCE } from './lapse.ts';
import { rewrite } from '../guards/rewrite.ts';

/*
 * Loaded into a bot before anything else (`node --import`): every clock and every timer of its process runs faster.
 * The bot itself knows nothing of it.
 */

const pace = Number(process.env[PACE] ?? 1);
const RealDate = Date;
const realTimeout = setTimeout;
const realInterval = setInterval;
const realSignal = AbortSignal.timeout.bind(AbortSignal);
const since = Number(process.env[SINCE] ?? RealDate.now());

function now(): number {
  return Math.floor(since + (RealDate.now() - since) * pace);
}

class LapsedDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [now()] : given) as [number]));
  }

  static override now(): number {
    return now();
  }
}

type Call = (...given: readonly unknown[]) => void;

function sooner(call: Call, ms = 0, ...given: readonly unknown[]): NodeJS.Timeout {
  return realTimeout(call, ms / pace, ...given);
}

function moreOften(call: Call, ms = 0, ...given: readonly unknown[]): NodeJS.Timeout {
  return realInterval(call, ms / pace, ...given);
}

const promised = <T>(ms = 0, value?: T): Promise<T | undefined> =>
  new Promise(
    (resolve) =>
      void sooner(() => {
        resolve(value);
      }, ms),
  );

Object.assign(globalThis, {
  Date: LapsedDate,
  setTimeout: Object.assign(sooner, { [promisify.custom]: promised }),
  setInterval: moreOften,
});
AbortSignal.timeout = (ms) => realSignal(Math.max(1, Math.ceil(ms / pace)));

// The database keeps its own time: what it is to give up after is told to it in its own seconds.
rewrite({
  file: 'src/store/postgres/pool.ts',
  changes: [
    ['statement_timeout: statement,', `statement_timeout: Math.ceil(statement / ${pace}),`],
    ['lock_timeout: LOCK_WITHIN,', `lock_timeout: Math.ceil(LOCK_WITHIN / ${pace}),`],
    [
      'idle_in_transaction_session_timeout: IDLE_WITHIN,',
      `idle_in_transaction_session_timeout: Math.ceil(IDLE_WITHIN / ${pace}),`,
    ],
  ],
});
