import type { Device } from '../device.ts';
import type { AvRecord } from '../ending-sources.ts';
import type { In } from '../moves.ts';
import type { Preflight } from '../preflight.ts';
import { preflight } from '../preflight.ts';
import { SECOND } from '../time.ts';
import { within } from '../within.ts';
import type { WorkParts } from './parts.ts';

/** Somebody waits for the card: what takes longer is left out of it. */
const MOST_PATIENCE = 1.5 * SECOND;

/** What is worth knowing before a scan of this device runs. */
export async function lookBefore(
  { requester, wanted }: In<'asked'>,
  device: Device,
  parts: WorkParts,
): Promise<Preflight> {
  const { store, clock } = parts;
  const [record, open] = await Promise.all([recordOf(requester, device, parts), store.endings.openFor(device.id)]);
  return preflight({ now: clock.now(), type: wanted.type, record, open });
}

/** The device's own record, if it comes within a moment. */
export async function recordOf(
  person: In<'asked'>['requester'],
  device: Device,
  { sources, clock }: WorkParts,
): Promise<AvRecord | undefined> {
  const look = await within(clock, MOST_PATIENCE, sources.records({ as: 'person', person }, [device.id]));
  if (look === 'late' || look.is !== 'seen') return undefined;
  return look.value.find((record) => record.device === device.id);
}
