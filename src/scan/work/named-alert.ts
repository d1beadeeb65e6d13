import type { NamedAlert } from '../alert.ts';
import { gravestOf } from '../alert.ts';
import type { ScanRequest } from '../scan-request.ts';
import { SECOND } from '../time.ts';
import { within } from '../within.ts';
import type { WorkParts } from './parts.ts';

/** The card is not kept waiting for longer than this. */
const SOON = 4 * SECOND;

/** What Defender tells the requester about the alert or incident that they named; a fact for the card, no condition. */
export async function namedAlert(request: ScanRequest, parts: WorkParts): Promise<NamedAlert | undefined> {
  if (request.wanted.about === undefined || request.named !== undefined) return request.named;
  const found = await within(parts.clock, SOON, lookUp(request, parts));
  return found === 'late' ? undefined : found;
}

async function lookUp({ requester, wanted }: ScanRequest, { alerts }: WorkParts): Promise<NamedAlert | undefined> {
  const { about } = wanted;
  switch (about?.is) {
    case 'alert': {
      const alert = await alerts.byId(requester, about.id);
      return alert.ok ? { count: 1, gravest: alert.value } : undefined;
    }
    case 'incident': {
      const found = await alerts.ofIncident(requester, about.number);
      const gravest = found.ok ? gravestOf(found.value) : undefined;
      return found.ok && gravest !== undefined ? { count: found.value.length, gravest } : undefined;
    }
    case undefined:
      return undefined;
  }
}
