import { HOUR } from '../../scan/time.ts';
import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { NEEDS } from './bearer.ts';
import { deviceEnds } from './device-ends.ts';
import type { DeviceEnd } from './device-ends.ts';
import { hunt } from './hunting.ts';
import type { Fields } from './odata-filter.ts';
import { listAnswer } from './odata-query.ts';
import { deviceFor } from './routes.ts';
import type { Route, Tenant, Visit } from './routes.ts';
import { alertsFor } from './scan-endings.ts';
import type { StandInDevice } from './stand-in-device.ts';
import { context, failure, wireTime } from './wire-words.ts';
import type { Json } from './wire-words.ts';

const ALERT_FIELDS: Fields = {
  id: 'text',
  alertCreationTime: 'date',
  lastUpdateTime: 'date',
  lastEventTime: 'date',
  incidentId: 'number',
  detectionSource: 'text',
  status: 'text',
  severity: 'text',
  category: 'text',
};
const HEALTH_FIELDS: Fields = { machineId: 'text', computerDnsName: 'text', osKind: 'text', osPlatform: 'text' };
const HEALTH_PAGE = 20;

export function findingRoutes(tenant: Tenant): readonly Route[] {
  return [
    {
      api: 'read-alert',
      method: 'GET',
      path: '/alerts/:id',
      need: NEEDS.alerts,
      answer: (visit) => readAlert(tenant, visit),
    },
    {
      api: 'list-alerts',
      method: 'GET',
      path: '/alerts',
      need: NEEDS.alerts,
      answer: (visit) => alertList(tenant, visit, alertsFor(tenant, visit)),
    },
    {
      api: 'device-alerts',
      method: 'GET',
      path: '/machines/:id/alerts',
      need: NEEDS.alerts,
      answer: (visit) => alertsOfDevice(tenant, visit),
    },
    {
      api: 'av-health',
      method: 'GET',
      path: '/deviceavinfo',
      need: NEEDS.read,
      answer: (visit) => listHealth(tenant, visit),
    },
    {
      api: 'hunting',
      method: 'POST',
      path: '/advancedqueries/run',
      need: NEEDS.hunting,
      answer: (visit) => hunt(visit.call.body, deviceEnds(tenant, visit, 'events-late')),
    },
  ];
}

function readAlert(tenant: Tenant, visit: Visit): HttpAnswer {
  const id = visit.call.params['id'] ?? '';
  const alert = alertsFor(tenant, visit).find((candidate) => candidate['id'] === id);
  if (alert === undefined) return failure(404, 'ResourceNotFound', `Alert ${id} was not found`);
  return json(200, { ...context('Alerts/$entity'), ...alert });
}

function alertsOfDevice(tenant: Tenant, visit: Visit): HttpAnswer {
  const found = deviceFor(tenant, visit, visit.call.params['id'] ?? '');
  if ('refusal' in found) return found.refusal;
  const rows = alertsFor(tenant, visit).filter(({ machineId }) => machineId === found.device.id);
  return alertList(tenant, visit, rows);
}

function alertList(tenant: Tenant, visit: Visit, rows: readonly Json[]): HttpAnswer {
  const collection = { name: 'Alerts', rows, pageSize: tenant.pageSize };
  return listAnswer(collection, visit.call.query, { fields: ALERT_FIELDS, exactCase: false });
}

/** The last quick and the last full scan of each Windows device. */
function listHealth(tenant: Tenant, visit: Visit): HttpAnswer {
  const ends = deviceEnds(tenant, visit, 'record-late');
  const devices = tenant.devices.filter((device) => device.os.startsWith('Windows') && visit.caller.sees(device));
  const known = devices.filter(({ id }) => tenant.moods.find('no-record', { device: id }) === undefined);
  const rows = known.map((device) => healthJson(device, ends, tenant.now()));
  const collection = { name: 'DeviceAvInfo', rows, pageSize: HEALTH_PAGE };
  return listAnswer(collection, visit.call.query, { fields: HEALTH_FIELDS, exactCase: false });
}

function healthJson(device: StandInDevice, ends: readonly DeviceEnd[], now: number): Json {
  return {
    id: device.id,
    machineId: device.id,
    computerDnsName: device.name,
    osKind: 'windows',
    osPlatform: device.os,
    osVersion: `10.0.${device.build ?? 0}.1`,
    avMode: device.avMode ?? '0',
    avSignatureVersion: '1.437.112.0',
    avEngineVersion: '1.1.25090.3001',
    avPlatformVersion: '4.18.25090.3009',
    lastSeenTime: wireTime(device.lastSeen),
    ...lastScan('quick', device, ends),
    ...lastScan('full', device, ends),
    dataRefreshTimestamp: wireTime(now),
    avSignatureUpdateTime: wireTime(signaturesFrom(device, now)),
    avSignaturePublishTime: wireTime(signaturesFrom(device, now)),
    avIsSignatureUpToDate: device.signaturesAged === undefined ? 'True' : 'False',
    avIsEngineUpToDate: 'True',
    avIsPlatformUpToDate: 'True',
    rbacGroupName: device.group?.name ?? null,
    rbacGroupId: device.group?.id ?? 0,
  };
}

function lastScan(kind: 'quick' | 'full', device: StandInDevice, ends: readonly DeviceEnd[]): Json {
  const end = ends.find((one) => one.device.id === device.id && one.type.toLowerCase() === kind);
  return {
    [`${kind}ScanResult`]: end?.result ?? '',
    [`${kind}ScanError`]: end?.result === 'Failed' ? '0x80508007' : '',
    [`${kind}ScanTime`]: end === undefined ? null : wireTime(end.at),
  };
}

function signaturesFrom({ signaturesAged = 0 }: StandInDevice, now: number): number {
  return now - signaturesAged - HOUR;
}
