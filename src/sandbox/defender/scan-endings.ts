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
export function endingsFor(tenant: Tenant, visit: Visit): readonly Ending[] {
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
