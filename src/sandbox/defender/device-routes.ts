import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { NEEDS } from './bearer.ts';
import type { Fields } from './odata-filter.ts';
import { listAnswer } from './odata-query.ts';
import { deviceFor, refusedHidden } from './routes.ts';
import type { Route, Tenant, Visit } from './routes.ts';
import { machineJson } from './stand-in-device.ts';
import { context } from './wire-words.ts';

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
      answer: (visit) => readDevice(tenant, visit),
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

/** The id may be a name as well (documented for this call only). */
function readDevice(tenant: Tenant, visit: Visit): HttpAnswer {
  const asked = visit.call.params['id'] ?? '';
  const named = tenant.devices.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
  const found = deviceFor(tenant, visit, named?.id ?? asked);
  if ('refusal' in found) return found.refusal;
  return json(200, { ...context('Machines/$entity'), ...machineJson(found.device) });
}
