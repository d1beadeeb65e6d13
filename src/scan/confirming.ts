import type { Confirmed, Unconfirmed } from './ending.ts';
import { searchAfter } from './findings.ts';
import type { Time } from './ids.ts';
import type { Message } from './message.ts';
import type { Event } from './event.ts';
import type { In } from './moves.ts';
import { cardMessage, endedMessage, move, noticeMessage } from './moves.ts';
import type { Write } from './ports.ts';
import type { Settled } from './stage.ts';

/** A settled scan whose end is looked for. */
export interface Open {
  readonly request: In<'settled'>;
  readonly ending: Unconfirmed;
}

/** The end was seen. Whoever was told that it was not gets a reply; everybody else now gets the notice. */
export function confirm({ request, ending }: Open, seen: Confirmed, now: Time): Write {
  const facts = { outcome: seen.outcome, by: seen.by, ended: seen.at, sure: seen.sure };
  const event = { who: 'defender' as const, what: `end confirmed: ${seen.outcome}`, at: now, facts };
  const reply = noticeMessage(request, { say: 'confirmed', request: request.id });
  const said = ending.told ? [changedNotice(request), reply] : [endedMessage(request)];
  const write = changed(request, seen, event, said);
  return seen.outcome === 'completed' ? { ...write, took: timeOf(request, seen) } : write;
}

/** Nothing here can show the end: what there is gets told now, and the end is looked for quietly. */
export function tellUnconfirmed({ request, ending }: Open, now: Time): Write {
  const event = { who: 'bot' as const, what: 'nothing can show the end', at: now };
  return changed(request, { ...ending, told: true }, event, [endedMessage(request)]);
}

/** A scan does not run for longer than this: whatever ends there now is another one. */
export function giveUpConfirming({ request, ending }: Open, now: Time): Write {
  const event = { who: 'bot' as const, what: 'end never confirmed', at: now };
  const said = ending.told ? [changedNotice(request)] : [endedMessage(request)];
  return changed(request, { is: 'never-confirmed', from: ending.from }, event, said);
}

function changed(
  request: In<'settled'>,
  ending: NonNullable<Settled['ending']>,
  event: Omit<Event, 'request' | 'facts'> & { readonly facts?: Event['facts'] },
  said: readonly Message[],
): Write {
  const write = move(request, { ...request.stage, ending }, event, [cardMessage(request)]);
  // What is said waits for a look at what was found.
  return { ...write, search: searchAfter(request, event.at, said) };
}

/** The notice that said what was known then now says what is known. */
function changedNotice(request: In<'settled'>): Message {
  const notice = { say: 'ended', request: request.id } as const;
  const { id: replaces, ...message } = endedMessage(request);
  return { ...message, id: `changed ${replaces}`, content: { kind: 'notice', notice, mention: true, replaces } };
}

function timeOf({ id, stage }: In<'settled'>, seen: Confirmed): NonNullable<Write['took']> {
  const { device, content, scan } = stage;
  const type = scan.type ?? content.type;
  return { request: id, device: device.id, os: device.os, type, at: seen.at, took: seen.at - seen.from };
}
