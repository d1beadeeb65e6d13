import type { Device } from '../device.ts';
import type { DeviceCommand, Errand, ErrandCommand } from '../errand.ts';
import { isInvisible } from '../refusal.ts';
import type { ErrandResult } from './cancel.ts';
import type { WorkParts } from './parts.ts';

/** The one device that a command is about, as far as the person may see it; else what is to be said or waited for. */
export async function oneDevice(
  { person, what }: Errand,
  typed: string,
  parts: WorkParts,
): Promise<{ readonly device: Device } | ErrandResult> {
  const found = await parts.defender.findDevices(person, typed);
  if (!found.ok && isInvisible(found.refusal)) return { said: { say: 'not-found', device: typed } };
  if (!found.ok) return { refusal: found.refusal };
  const [device, ...others] = found.value;
  if (device === undefined) return { said: { say: 'not-found', device: typed } };
  if (others.length === 0) return { device };
  return { said: { say: 'which-one', command: commandOf(what), among: found.value } };
}

function commandOf(what: ErrandCommand): DeviceCommand {
  const isOther = what.command === 'cancel' || what.command === 'unschedule';
  return 'device' in what && !isOther ? what.command : 'status';
}
