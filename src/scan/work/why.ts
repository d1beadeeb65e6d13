import type { Errand } from '../errand.ts';
import type { ErrandResult } from './cancel.ts';
import { oneDevice } from './one-device.ts';
import type { ErrandParts } from './parts.ts';

/** Which rule applies to scans of a device by this person in this place, and what it asks for. */
export async function explainRules(errand: Errand, typed: string, parts: ErrandParts): Promise<ErrandResult> {
  const found = await oneDevice(errand, typed, parts);
  if (!('device' in found)) return found;
  const { device } = found;
  const thread = await parts.store.thread(errand.thread);
  if (thread === undefined) throw new Error(`Errand ${errand.id} has no thread.`);
  const halt = await parts.store.halt();
  const now = parts.clock.now();
  const rulings = await parts.ruleBook.explain({ requester: errand.person, device, thread, now });
  const name = device.name === '' ? device.id : device.name;
  return { said: { say: 'why', device: name, rulings, paused: halt?.is === 'paused' ? halt : undefined } };
}
