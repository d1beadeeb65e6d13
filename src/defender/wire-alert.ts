import { z } from 'zod';
import type { Alert } from '../scan/alert.ts';
import { readDeviceId } from '../scan/ids.ts';
import { ANY, TEXT, TIME } from './wire.ts';

const ALERT = z.object({
  id: TEXT,
  title: TEXT,
  severity: TEXT,
  status: TEXT,
  detectionSource: TEXT,
  threatFamilyName: TEXT,
  threatName: TEXT,
  incidentId: TEXT,
  machineId: ANY.transform(readDeviceId),
  computerDnsName: TEXT,
  alertCreationTime: TIME,
  lastEventTime: TIME,
});

const LONGEST_ID = 128;
/** What is kept of a title: a card shows less. */
const LONGEST_TITLE = 300;

/** `undefined` for a row that nothing can be told by: without an id or a time. */
export function readAlert(body: unknown): Alert | undefined {
  const { data: alert } = ALERT.safeParse(body);
  const lastSeenAt = alert?.lastEventTime ?? alert?.alertCreationTime;
  if (alert === undefined || lastSeenAt === undefined) return undefined;
  if (alert.id === '' || alert.id.length > LONGEST_ID) return undefined;
  return {
    id: alert.id,
    title: alert.title.slice(0, LONGEST_TITLE),
    severity: alert.severity.slice(0, LONGEST_ID),
    status: alert.status.slice(0, LONGEST_ID),
    source: alert.detectionSource.slice(0, LONGEST_ID),
    family: (alert.threatFamilyName || alert.threatName).slice(0, LONGEST_ID),
    incident: /^\d{1,15}$/.test(alert.incidentId) ? Number(alert.incidentId) : undefined,
    device: alert.machineId,
    deviceName: alert.computerDnsName,
    createdAt: alert.alertCreationTime ?? lastSeenAt,
    lastSeenAt,
  };
}
