import type { Device, ScanType } from './device.ts';
import type { PersonId, RequestId, Time } from './ids.ts';
import type { Content } from './stage.ts';

/** Another request of ours that has the device for itself, as others are told of it. */
export interface Holder {
  readonly request: RequestId;
  readonly requester: string;
  readonly type: ScanType | undefined;
}
/** Decided, while another request has the device: it waits until that one is over, or follows its scan. */
export interface Queued {
  readonly name: 'queued';
  readonly device: Device;
  readonly content: Content;
  readonly by: PersonId;
  readonly at: Time;
  readonly behind: Holder;
  readonly then: 'run' | 'follow';
  /** Not begun by then, it is dropped. */
  readonly until: Time;
}
