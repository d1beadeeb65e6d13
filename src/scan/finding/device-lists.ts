import type { Device } from '../device.ts';
import type { Person } from '../person.ts';
import type { Answer } from '../refusal.ts';

/** What Defender shows a person of devices, always by that person's own rights. */
export interface DeviceLists {
  /** Every device that the person may see. */
  devicesOf(person: Person): Promise<Answer<readonly Device[]>>;
  /** Those that had this IP address last, else those that had it around now. */
  devicesAt(person: Person, address: string): Promise<Answer<readonly Device[]>>;
}
