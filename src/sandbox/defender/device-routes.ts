import { DAY } from '../../scan/time.ts';
import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { NEEDS } from './bearer.ts';
import type { Fields } from './odata-filter.ts';
import { listAnswer } from './odata-query.ts';
import { deviceFor, refusedHidden } from './routes.ts';
import type { Route, Tenant, Visit } from './routes.ts';
import { machineJson } from './stand-in-device.ts';
import type { StandInDevice } from './stand-in-device.ts';
import { context, failure } from './wire-words.ts';

const FIELDS: Fields = {
  id: 'text',
  computerDnsName: 'text',
  version: 'text',
  deviceValue: 'text',
  aadDeviceId: 'text',
  lastSeen: 'date',
  exposureLevel: 'text',
  onboardingStatus: 'text',
  lastIpAddress: 'text',
  healthStatus: 'text',
  osPlatform: 'text',
  riskScore: 'text',
  rbacGroupId: 'number',
};

export function deviceRoutes(tenant: Tenant): readonly Route[] {
  return [
    {
      api: 'find-devices',
      method: 'GET',
      path: '/machines',
      need: NEEDS.read,
      answer: (visit) => listDevices(tenant, visit),
    },
    {
      api: 'read-device',
      method: 'GET',
      path: '/machines/:id',
      need: NEEDS.read,
      answer: (visit) => byIp(tenant, visit) ?? readDevice(tenant, visit),
    },
  ];
}

function listDevices(tenant: Tenant, visit: Visit): HttpAnswer {
  const forbidden = refusedHidden(tenant, visit);
  if (forbidden !== undefined) return forbidden;
  const rows = tenant.devices.filter(visit.caller.sees).map(machineJson);
  const dialect = { fields: FIELDS, exactCase: tenant.moods.find('exact-case') !== undefined };
  return listAnswer({ name: 'Machines', rows, pageSize: tenant.pageSize }, visit.call.query, dialect);
}

const FIND_BY_IP = /^findbyip\(ip='([^']*)',timestamp=([^)]*)\)$/i;
const KEPT = 30 * DAY;

/** A function of the list, written where else an id stands. */
function byIp(tenant: Tenant, visit: Visit): HttpAnswer | undefined {
  const [, ip, at] = FIND_BY_IP.exec(visit.call.params['id'] ?? '') ?? [];
  if (ip === undefined || at === undefined) return undefined;
  const when = Date.parse(at);
  const now = tenant.now();
  if (!(when <= now && when >= now - KEPT)) return failure(400, 'BadRequest', 'The timestamp is out of range.');
  const forbidden = refusedHidden(tenant, visit);
  if (forbidden !== undefined) return forbidden;
  const found = tenant.devices.filter(visit.caller.sees).filter((device) => hadAddress(device, ip));
  return json(200, { ...context('Machines'), value: found.map(machineJson) });
}

/** Defender knows the addresses of a time, the list only the last one. */
function hadAddress(device: StandInDevice, ip: string): boolean {
  return device.ip === ip || device.formerIp === ip;
}

/** The id may be a name as well (documented for this call only). */
function readDevice(tenant: Tenant, visit: Visit): HttpAnswer {
  const asked = visit.call.params['id'] ?? '';
  const named = tenant.devices.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
  const found = deviceFor(tenant, visit, named?.id ?? asked);
  if ('refusal' in found) return found.refusal;
  return json(200, { ...context('Machines/$entity'), ...machineJson(found.device) });
}
