import type { Look } from '../chat/cards/look.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Time } from '../scan/ids.ts';
import type { ScanRequest } from '../scan/scan-request.ts';

export interface LookSettings {
  readonly channelDetail: 'minimal' | 'full';
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

/** What one person alone gets to see in answer to a press: of their own request everything. */
export function viewIn(thread: Thread, reader: Person, request: ScanRequest, settings: ViewSettings): Look {
  const look = lookIn(thread, reader, settings.now, settings);
  return request.requester.id === reader.id ? { ...look, detail: 'full' } : look;
}
