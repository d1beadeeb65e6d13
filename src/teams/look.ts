import type { Look } from '../chat/cards/look.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Time } from '../scan/ids.ts';

export interface LookSettings {
  readonly channelDetail: 'minimal' | 'full';
  /** What a shared card speaks; without it, the language of who asked. */
  readonly channelLanguage: string | undefined;
  /** The Defender portal that links lead to. */
  readonly portal: string;
}

/** How a thread shows things: in a shared one only as much as the organisation wants everybody to see. */
export function lookIn(thread: Thread, reader: Person, now: Time, settings: LookSettings): Look {
  const detail = thread.kind === 'personal' ? 'full' : settings.channelDetail;
  return { reader, now, detail, portal: settings.portal };
}

export interface ViewSettings extends LookSettings {
  readonly now: Time;
}

/** A request for one scan or for many. */
interface Viewed {
  readonly requester: Pick<Person, 'id'>;
  readonly stage: { readonly name: string };
}

/**
 * What one person alone gets to see in answer to a press: of their own request everything, and while others must
 * approve it what only they may do. Of somebody else's, no more than the thread where it was asked for shows.
 */
export function viewIn(thread: Thread, reader: Person, request: Viewed, settings: ViewSettings): Look {
  if (request.requester.id !== reader.id) return copyLook(thread, reader, settings.now, settings);
  const look: Look = { ...lookIn(thread, reader, settings.now, settings), detail: 'full' };
  return request.stage.name === 'awaiting' ? { ...look, role: 'requester' } : look;
}

/** A copy in somebody's own chat shows no more than the thread that it is a copy of. */
export function copyLook(thread: Thread, reader: Person, now: Time, settings: LookSettings): Look {
  return { ...lookIn(thread, reader, now, settings), detail: settings.channelDetail };
}

/** The one card of a thread, which everybody there reads. */
export function sharedLookIn(thread: Thread, requester: Person, now: Time, settings: LookSettings): Look {
  const look = lookIn(thread, requester, now, settings);
  return thread.kind === 'personal' ? look : { ...look, locale: settings.channelLanguage };
}
