import type { DeviceSource } from '../../scan/batch/source.ts';
import type { Span } from '../../scan/report.ts';
import type { ScanType } from '../../scan/device.ts';
import type { WhenRead } from './when/read-when.ts';

export interface ScanCommand {
  readonly name: 'scan';
  readonly device: string | undefined;
  readonly type: ScanType | undefined;
  /** Word for word as typed, line breaks and blanks included. */
  readonly reason: string | undefined;
}

export interface ManyCommand {
  readonly name: 'scan-many';
  readonly devices: readonly DeviceSource[];
  readonly type: ScanType | undefined;
  readonly reason: string | undefined;
}

/** What a person asks the bot to do. What they did not say is `undefined`. */
export type Command =
  | ScanCommand
  /** Several devices, or words that stand for several. */
  | ManyCommand
  /** The same, but not at once. */
  | (Omit<ScanCommand, 'name'> & { readonly name: 'schedule'; readonly when: WhenRead })
  | { readonly name: 'schedules' }
  | { readonly name: 'unschedule'; readonly device: string | undefined }
  | { readonly name: 'status' | 'why' | 'history' | 'watch'; readonly device: string | undefined }
  | { readonly name: 'report'; readonly span: Span; readonly csv: boolean }
  /** The reason as typed. */
  | { readonly name: 'pause'; readonly reason: string | undefined }
  | { readonly name: 'resume' }
  | { readonly name: 'my-scans' }
  | { readonly name: 'cancel'; readonly device: string | undefined }
  | { readonly name: 'sign-out' }
  /** Where the person wants to be told of their scans. */
  | { readonly name: 'tell-here' | 'tell-there' }
  /** As it was named; the tag is found elsewhere. */
  | { readonly name: 'language'; readonly wanted: string | undefined }
  /** `guess` is the command that was probably meant by a misspelled word. */
  | { readonly name: 'help'; readonly guess: string | undefined };
