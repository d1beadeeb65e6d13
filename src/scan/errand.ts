import type { RequestId, ThreadId, Time } from './ids.ts';
import type { Person } from './person.ts';
import type { Span } from './report.ts';

/** Commands that are about one device. */
export type DeviceCommand = 'status' | 'cancel' | 'why' | 'history' | 'watch';

export type ErrandCommand =
  /** `request`: that one, and no other of the device. */
  | { readonly command: DeviceCommand; readonly device: string; readonly request?: RequestId }
  | { readonly command: 'report'; readonly span: Span; readonly csv: boolean }
  | { readonly command: 'my-scans' | 'resume' | 'schedules' }
  /** Those of one device; without one, the only schedule that there is. */
  | { readonly command: 'unschedule'; readonly device: string | undefined }
  | { readonly command: 'pause'; readonly reason: string };

/** A command that needs the outside: kept until it is done. */
export interface Errand {
  readonly id: RequestId;
  readonly person: Person;
  readonly thread: ThreadId;
  readonly what: ErrandCommand;
  readonly waitsForSignIn: boolean;
  readonly until: Time;
}
