import type { Allowance, CallBudget, DefenderApi } from '../../src/defender/call-budget.ts';
import { windowsOf } from '../../src/defender/call-budget.ts';
import type { Time } from '../../src/scan/ids.ts';
import { HOUR } from '../../src/scan/time.ts';

const LONGEST = HOUR;

interface Count {
  /** Times of the calls in the longest window, oldest first. */
  calls: readonly Time[];
  closedUntil: Time;
}

/** What a budget has to do, in the plainest way: every call is remembered, and all of them are looked through. */
export class MemoryCallBudget implements CallBudget {
  readonly #counts = new Map<DefenderApi, Count>();

  take(api: DefenderApi, as: { readonly reserve: boolean }, now: Time): Allowance {
    const count = this.#countOf(api);
    const calls = count.calls.filter((at) => at > now - LONGEST);
    const open = windowsOf(api).map((window) => opensAt(calls, window, as.reserve));
    const retryAt = Math.max(count.closedUntil, ...open);
    if (retryAt > now) return { ok: false, retryAt };
    count.calls = [...calls, now];
    return { ok: true };
  }

  heed(api: DefenderApi, retryAt: Time): void {
    const count = this.#countOf(api);
    count.closedUntil = Math.max(count.closedUntil, retryAt);
  }

  #countOf(api: DefenderApi): Count {
    const known = this.#counts.get(api);
    if (known !== undefined) return known;
    const fresh: Count = { calls: [], closedUntil: -Infinity };
    this.#counts.set(api, fresh);
    return fresh;
  }
}

/** A window has room again when its limit-th call from the end has left it. */
function opensAt(calls: readonly Time[], window: ReturnType<typeof windowsOf>[number], reserve: boolean): Time {
  const blocking = calls.at(-(reserve ? window.all : window.withoutReserve));
  return blocking === undefined ? -Infinity : blocking + window.length;
}
