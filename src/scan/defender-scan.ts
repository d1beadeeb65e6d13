import type { ActionId, DeviceId, Time } from './ids.ts';
import type { ScanType } from './device.ts';

/** The words that Defender documents. `Unknown` stands for a word that it does not: open, never a result. */
export type ScanStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'TimeOut' | 'Cancelled' | 'Unknown';
export type ScanResult = Extract<ScanStatus, 'Succeeded' | 'Failed' | 'TimeOut' | 'Cancelled'>;

/** Defender's record of one antivirus scan. */
export interface DefenderScan {
  readonly id: ActionId;
  readonly device: DeviceId;
  readonly status: ScanStatus;
  /** Defender's own word for the status: what there is to show of an unknown one. */
  readonly word: string;
  /** Defender leaves this out on the answer to the start. */
  readonly type: ScanType | undefined;
  /** A user principal name for a person; a GUID or a name for an application. */
  readonly requester: string;
  readonly comment: string;
  readonly createdAt: Time;
  readonly updatedAt: Time;
  /** HRESULT of a failed scan as `0x…`, else an empty string. */
  readonly errorCode: string;
}

export function resultOf(status: ScanStatus): ScanResult | undefined {
  switch (status) {
    case 'Succeeded':
    case 'Failed':
    case 'TimeOut':
    case 'Cancelled':
      return status;
    case 'Pending':
    case 'InProgress':
    case 'Unknown':
      return undefined;
  }
}
