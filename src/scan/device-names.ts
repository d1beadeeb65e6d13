import type { Device } from './device.ts';

/** A short name means any domain; a name with a dot means exactly that one. */
export function isNamed(device: Device, typed: string): boolean {
  const name = device.name.toLowerCase();
  const wanted = typed.toLowerCase();
  return name === wanted || name.split('.')[0] === wanted;
}

/** A row that Defender merged into another one is only worth showing when it is all there is. */
export function withoutMerged(devices: readonly Device[]): readonly Device[] {
  const surviving = devices.filter((device) => device.mergedInto === undefined);
  return surviving.length > 0 ? surviving : devices;
}
