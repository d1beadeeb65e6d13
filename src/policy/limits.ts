import type { NoScan, Question } from '../scan/decision.ts';
import type { Time } from '../scan/ids.ts';
import type { Counted, RuleLimits, ScanLimit } from '../scan/limits.ts';
import type { Store } from '../scan/ports.ts';
import { HOUR } from '../scan/time.ts';

/** The limits of a rule as the store counts them. */
export function roomFor(question: Question, limits: RuleLimits): readonly ScanLimit[] {
  return [coolDown(question, limits), perHour(question, limits)].filter((limit) => limit !== undefined);
}

/** The limit that leaves no room for one more scan now, and when there is room again; the later one of two. */
export async function fullLimit(
  question: Question,
  limits: RuleLimits,
  store: Pick<Store, 'sent'>,
): Promise<NoScan | undefined> {
  const cools = await opensAt(question, coolDown(question, limits), store);
  const counts = await opensAt(question, perHour(question, limits), store);
  if (cools === undefined && counts === undefined) return undefined;
  if ((cools ?? -Infinity) >= (counts ?? -Infinity)) return { why: 'cool-down', until: cools ?? 0 };
  return { why: 'too-many', until: counts ?? 0 };
}

function coolDown({ device, now }: Question, { coolDownMs }: RuleLimits): ScanLimit | undefined {
  if (coolDownMs === undefined) return undefined;
  return { of: { device: device.id }, since: now - coolDownMs, most: 1 };
}

function perHour({ requester, now }: Question, { scansPerPersonAndHour: most }: RuleLimits): ScanLimit | undefined {
  if (most === undefined) return undefined;
  return { of: { person: requester.id }, since: now - HOUR, most };
}

/** When the scan that takes the last place has left the window; `undefined` while there is room. */
async function opensAt(
  question: Question,
  limit: ScanLimit | undefined,
  store: Pick<Store, 'sent'>,
): Promise<Time | undefined> {
  if (limit === undefined) return undefined;
  const { of, since, most } = limit;
  const sent = await othersSent(of, { question, since, most }, store);
  const last = sent[most - 1];
  return last === undefined ? undefined : last + (question.now - since);
}

interface Window {
  readonly question: Question;
  readonly since: Time;
  readonly most: number;
}

/** One more than are counted, since one of them may be this request's own. */
async function othersSent(
  of: Counted,
  { question, since, most }: Window,
  store: Pick<Store, 'sent'>,
): Promise<readonly Time[]> {
  const sent = await store.sent(of, since, most + 1);
  return sent.filter(({ request }) => request !== question.request).map(({ at }) => at);
}
