import { SECOND } from '../../scan/time.ts';
import type { Time } from '../../scan/ids.ts';
import type { Tenant, Visit } from './routes.ts';
import { scanOverAt } from './stand-in-action.ts';
import type { StandInAction } from './stand-in-action.ts';
import { standInId } from './stand-in-device.ts';
import type { StandInDevice } from './stand-in-device.ts';
import { wireTime } from './wire-words.ts';
import type { Json } from './wire-words.ts';

/** A scan that the device itself has brought to an end. */
export interface Ending {
  readonly action: StandInAction;
  readonly device: StandInDevice;
  readonly at: Time;
}

/** Of the devices that the visitor may see, newest first. */
function endingsFor(tenant: Tenant, visit: Visit): readonly Ending[] {
  return endingsOf(tenant).filter(({ device }) => visit.caller.sees(device));
}

export function endingsOf(tenant: Tenant): readonly Ending[] {
  const now = tenant.now();
  return tenant.actions.all.flatMap((action) => {
    const device = tenant.devices.find(({ id }) => id === action.device);
    const at = scanOverAt(action, tenant.pace) ?? Infinity;
    return device !== undefined && at <= now ? [{ action, device, at }] : [];
  });
}

/** All alerts on devices that the visitor may see. */
export function alertsFor(tenant: Tenant, visit: Visit): readonly Json[] {
  const seen = new Set(tenant.devices.filter(visit.caller.sees).map(({ id }) => id));
  const raised = tenant.raised.filter(({ machineId }) => seen.has(String(machineId)));
  return [...alertsOf(endingsFor(tenant, visit)), ...raised];
}

export interface Raising {
  readonly title?: string;
  readonly severity?: string;
  readonly status?: string;
  readonly source?: string;
  readonly incident?: number;
  readonly family?: string;
  /** When it was last seen on the device; raised at the same moment. */
  readonly at: Time;
}

/** An alert that came by itself. The nth of its device has always the same id. */
export function raisedAlert(device: StandInDevice, nth: number, raising: Raising): Json {
  const { at, title = 'Suspicious activity', severity = 'Medium', source = 'WindowsDefenderAtp' } = raising;
  const when = wireTime(at);
  return {
    id: `da${digits(`${device.id} ${nth}`, 18)}_-${digits(device.id, 9)}`,
    incidentId: raising.incident ?? Number(digits(device.id, 4)),
    title,
    severity,
    status: raising.status ?? 'New',
    detectionSource: source,
    category: 'SuspiciousActivity',
    threatFamilyName: raising.family ?? null,
    threatName: null,
    alertCreationTime: when,
    firstEventTime: when,
    lastEventTime: when,
    lastUpdateTime: when,
    machineId: device.id,
    computerDnsName: device.name,
    relatedUser: null,
    evidence: [],
  };
}

/** The alert that Defender raises for what a scan finds. */
export function alertsOf(endings: readonly Ending[]): readonly Json[] {
  return endings.filter(({ device }) => device.infectedWith !== undefined).map(alertJson);
}

function alertJson({ action, device, at }: Ending): Json {
  const found = wireTime(at - SECOND);
  return {
    id: `da${digits(action.id, 18)}_${digits(device.id, 9)}`,
    incidentId: Number(digits(device.id, 4)),
    investigationId: null,
    assignedTo: null,
    severity: 'Medium',
    status: 'New',
    classification: null,
    determination: null,
    investigationState: 'UnsupportedAlertType',
    detectionSource: 'WindowsDefenderAv',
    category: 'Malware',
    threatFamilyName: device.infectedWith,
    title: `'${device.infectedWith ?? ''}' malware was prevented`,
    description: 'Malware was found during a scan.',
    alertCreationTime: wireTime(at),
    firstEventTime: found,
    lastEventTime: found,
    lastUpdateTime: wireTime(at),
    resolvedTime: null,
    machineId: device.id,
    computerDnsName: device.name,
    rbacGroupName: device.group?.name ?? null,
    threatName: device.infectedWith,
    relatedUser: null,
    comments: [],
    evidence: [],
  };
}

function digits(word: string, length: number): string {
  const number = BigInt(`0x${standInId(word)}`);
  return String(number).slice(0, length);
}
