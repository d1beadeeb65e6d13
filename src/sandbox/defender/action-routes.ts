import { readScanType } from '../../scan/device.ts';
import type { ScanType } from '../../scan/device.ts';
import { SECOND } from '../../scan/time.ts';
import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import type { Order } from './action-book.ts';
import { NEEDS } from './bearer.ts';
import { oldClient, wrongOs } from './mood-answers.ts';
import { listAnswer } from './odata-query.ts';
import { deviceFor, refusedHidden, refusedUnseen } from './routes.ts';
import type { Route, Tenant, Visit } from './routes.ts';
import { actionJson } from './stand-in-action.ts';
import type { StandInAction } from './stand-in-action.ts';
import type { StandInDevice } from './stand-in-device.ts';
import { context, failure } from './wire-words.ts';
import type { Json } from './wire-words.ts';

const FIELDS = {
  id: 'text',
  status: 'text',
  machineId: 'text',
  type: 'text',
  requestor: 'text',
  creationDateTimeUtc: 'date',
} as const;

export function actionRoutes(tenant: Tenant): readonly Route[] {
  return [
    {
      api: 'start-scan',
      method: 'POST',
      path: '/machines/:id/runAntiVirusScan',
      need: NEEDS.scan,
      answer: (visit) => startScan(tenant, visit),
    },
    {
      api: 'list-actions',
      method: 'GET',
      path: '/machineactions',
      need: NEEDS.read,
      answer: (visit) => listActions(tenant, visit),
    },
    {
      api: 'read-action',
      method: 'GET',
      path: '/machineactions/:id',
      need: NEEDS.read,
      answer: (visit) => readAction(tenant, visit),
    },
    {
      api: 'cancel-action',
      method: 'POST',
      path: '/machineactions/:id/cancel',
      need: NEEDS.scan,
      answer: (visit) => cancelAction(tenant, visit),
    },
  ];
}

function startScan(tenant: Tenant, visit: Visit): HttpAnswer {
  const found = deviceFor(tenant, visit, visit.call.params['id'] ?? '');
  if ('refusal' in found) return found.refusal;
  const comment = commentIn(visit.call);
  if (typeof comment !== 'string') return comment;
  const { ScanType: wanted } = visit.call.body as Json;
  if (wanted === undefined) return missing('ScanType');
  const type = readScanType(wanted);
  if (type === undefined) return failure(400, 'InvalidRequestBody', 'Request body is incorrect');
  const { device } = found;
  const beaten = tenant.moods.strike('beaten', { device: device.id });
  if (beaten !== undefined) tenant.actions.add(foreignOrder(device));
  const refusal = refusedByDevice(device) ?? answerWhileBusy(tenant, device, beaten?.word === 'existing');
  if (refusal !== undefined) return refusal;
  return accepted(tenant.actions.add({ device, type, comment, requestor: visit.caller.requestor }));
}

/** What somebody in the Defender portal asks for, who has nothing to do with the bot. */
export function foreignOrder(device: StandInDevice, type: ScanType = 'Full'): Order {
  const comment = 'Routine check after the night shift';
  return { device, type, comment, requestor: 'nina.nord@contoso.com', source: 'Portal' };
}

function refusedByDevice(device: StandInDevice): HttpAnswer | undefined {
  if (device.refuses === 'os') return wrongOs(device.os);
  return device.refuses === 'client' ? oldClient() : undefined;
}

/** Defender has been seen to do the one and the other. */
function answerWhileBusy(tenant: Tenant, device: StandInDevice, showsIt: boolean): HttpAnswer | undefined {
  const running = tenant.actions.running(device.id);
  if (running === undefined || tenant.moods.find('busy-accept', { device: device.id }) !== undefined) return undefined;
  if (showsIt || tenant.moods.find('busy-existing', { device: device.id }) !== undefined) return accepted(running);
  return failure(400, 'ActiveRequestAlreadyExists', 'Action is already in progress');
}

/** Right after the start Defender leaves the scan type out. */
function accepted(action: StandInAction): HttpAnswer {
  return json(201, { ...context('MachineActions/$entity'), ...actionJson(action), scope: null });
}

function listActions(tenant: Tenant, visit: Visit): HttpAnswer {
  const forbidden = refusedHidden(tenant, visit);
  if (forbidden !== undefined) return forbidden;
  const seen = tenant.actions.all.filter((action) => isShown(tenant, action) && maySee(tenant, visit, action));
  const rows = seen.map((action) => toJson(tenant, action));
  const collection = { name: 'MachineActions', rows, pageSize: tenant.pageSize };
  return listAnswer(collection, visit.call.query, { fields: FIELDS, exactCase: false });
}

function readAction(tenant: Tenant, visit: Visit): HttpAnswer {
  const found = actionFor(tenant, visit);
  if ('refusal' in found) return found.refusal;
  return json(200, { ...context('MachineActions/$entity'), ...toJson(tenant, found.action) });
}

function cancelAction(tenant: Tenant, visit: Visit): HttpAnswer {
  const found = actionFor(tenant, visit);
  if ('refusal' in found) return found.refusal;
  const comment = commentIn(visit.call);
  if (typeof comment !== 'string') return comment;
  const { requestor } = visit.caller;
  const cancelled = tenant.actions.cancel(found.action.id, { requestor, comment });
  if (cancelled === undefined) return failure(400, 'BadRequest', `Action ${found.action.id} could not be canceled.`);
  return json(200, { ...context('MachineActions/$entity'), ...actionJson(cancelled) });
}

function actionFor(
  tenant: Tenant,
  visit: Visit,
): { readonly action: StandInAction } | { readonly refusal: HttpAnswer } {
  const id = visit.call.params['id'] ?? '';
  const action = tenant.actions.byId(id);
  const message = `Machine action ${id} was not found`;
  if (action === undefined || !isShown(tenant, action)) return { refusal: refusedUnseen(tenant, false, message) };
  return maySee(tenant, visit, action) ? { action } : { refusal: refusedUnseen(tenant, true, message) };
}

function isShown(tenant: Tenant, action: StandInAction): boolean {
  const hidden = tenant.moods.find('hides-new', { device: action.device });
  return tenant.now() >= action.createdAt + (hidden?.seconds ?? 0) * SECOND;
}

function maySee(tenant: Tenant, visit: Visit, action: StandInAction): boolean {
  const device = tenant.devices.find(({ id }) => id === action.device);
  return device !== undefined && visit.caller.sees(device);
}

function toJson(tenant: Tenant, action: StandInAction): Json {
  return actionJson(action, tenant.moods.find('unknown-status', { device: action.device })?.word);
}

/** Keys are told apart by capitals: `comment` is none. */
function commentIn(call: { readonly headers: Json; readonly body: unknown }): string | HttpAnswer {
  const { body } = call;
  const isJson = String(call.headers['content-type']).startsWith('application/json');
  if (!isJson || typeof body !== 'object' || body === null || Array.isArray(body)) {
    return failure(400, 'InvalidRequestBody', 'Request body is incorrect');
  }
  const { Comment: comment } = body as Json;
  if (comment === undefined || comment === '') return missing('Comment');
  return typeof comment === 'string' ? comment : failure(400, 'InvalidRequestBody', 'Request body is incorrect');
}

function missing(parameter: string): HttpAnswer {
  return failure(400, 'MissingRequiredParameter', `Parameter ${parameter} is missing`);
}
