import { readDeviceId } from '../ids.ts';
import type { Entered } from '../message.ts';
import type { Choosing } from '../stage.ts';

/** Longer than any device's name. */
const LONGEST_NAME = 300;

/** Neither chosen nor typed. */
export const NO_DEVICE: Entered = { type: '', comment: '', faults: ['device'] };

/** The device that somebody chose, or on a card that asks for any the one that they typed. */
export function namedOn(stage: Choosing, values: Readonly<Record<string, unknown>>): string | undefined {
  const id = readDeviceId(values['device']);
  if (stage.any === undefined) return stage.among.find((one) => one.id === id)?.id;
  const { name } = values;
  const typed = typeof name === 'string' ? name.trim().slice(0, LONGEST_NAME) : '';
  return id ?? (typed === '' ? undefined : typed);
}
