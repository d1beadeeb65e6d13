import type { ScanType } from '../../scan/device.ts';
import type { Time } from '../../scan/ids.ts';
import { SECOND } from '../../scan/time.ts';
import type { MoodName, Moods } from './moods.ts';
import type { Tenant, Visit } from './routes.ts';
import { endingsOf } from './scan-endings.ts';
import type { StandInDevice } from './stand-in-device.ts';

/** The words of `deviceavinfo`; hunting spells the second one with two l. */
export type EndResult = 'Completed' | 'Canceled' | 'Failed';

/** A scan that a device has brought to an end, commanded by Defender or on its own schedule. */
export interface DeviceEnd {
  readonly id: string;
  readonly device: StandInDevice;
  readonly type: ScanType;
  readonly at: Time;
  readonly result: EndResult;
}

/** Scans that devices run by themselves. */
export class OwnScans {
  readonly #ends: DeviceEnd[] = [];

  get all(): readonly DeviceEnd[] {
    return this.#ends;
  }

  add(end: Omit<DeviceEnd, 'id' | 'result'> & { readonly result?: EndResult }): void {
    this.#ends.push({ id: `own-${this.#ends.length + 1}`, result: 'Completed', ...end });
  }
}

/** Of the devices that the visitor may see and as far as the source shows them by now, newest first. */
export function deviceEnds(tenant: Tenant, visit: Visit, late: MoodName): readonly DeviceEnd[] {
  const commanded = endingsOf(tenant).flatMap(({ action, device, at }): readonly DeviceEnd[] => {
    const { id, type } = action;
    return type === undefined ? [] : [{ id, device, type, at, result: resultOn(device, tenant.moods) }];
  });
  const shown = (end: DeviceEnd): boolean => {
    const delay = tenant.moods.find(late, { device: end.device.id })?.seconds ?? 0;
    return visit.caller.sees(end.device) && end.at + delay * SECOND <= tenant.now();
  };
  return [...commanded, ...tenant.ownScans.all].filter(shown).sort((one, other) => other.at - one.at);
}

function resultOn({ id }: StandInDevice, moods: Moods): EndResult {
  if (moods.find('scan-stopped', { device: id }) !== undefined) return 'Canceled';
  return moods.find('scan-breaks', { device: id }) === undefined ? 'Completed' : 'Failed';
}
