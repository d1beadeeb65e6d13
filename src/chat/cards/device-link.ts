import type { DeviceId } from '../../scan/ids.ts';

/** The device's page in Defender's portal. */
export function deviceLink(portal: string, device: DeviceId): string {
  return `${portal}/machines/${device}/overview`;
}
