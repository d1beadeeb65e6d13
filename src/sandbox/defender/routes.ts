import type { HttpAnswer, HttpCall } from '../http.ts';
import type { ActionBook } from './action-book.ts';
import type { Caller, Need } from './bearer.ts';
import type { OwnScans } from './device-ends.ts';
import type { Moods } from './moods.ts';
import type { Pace } from './stand-in-action.ts';
import type { StandInDevice } from './stand-in-device.ts';
import { failure } from './wire-words.ts';
import type { ApiName, Json } from './wire-words.ts';

/** What the routes look at. */
export interface Tenant {
  readonly devices: readonly StandInDevice[];
  readonly actions: ActionBook;
  readonly moods: Moods;
  readonly pace: Pace;
  readonly pageSize: number;
  /** Raised by whatever is no scan of ours. */
  readonly raised: readonly Json[];
  readonly ownScans: OwnScans;
  now(): number;
}

/** A call that was let in. */
export interface Visit {
  readonly call: HttpCall;
  readonly caller: Caller;
}

export interface Route {
  readonly api: ApiName;
  readonly method: 'GET' | 'POST';
  /** Below `/api`. */
  readonly path: string;
  readonly need: Need;
  answer(visit: Visit): HttpAnswer;
}

/** The device with this id, if the caller may know of it; else the refusal. */
export function deviceFor(
  tenant: Tenant,
  visit: Visit,
  id: string,
): { readonly device: StandInDevice } | { readonly refusal: HttpAnswer } {
  const device = tenant.devices.find((candidate) => candidate.id === id.toLowerCase());
  if (device !== undefined && visit.caller.sees(device)) return { device };
  return { refusal: refusedUnseen(tenant, device !== undefined, `Machine ${id} was not found`) };
}

/** What is outside of somebody's device groups is not there, or forbidden: nobody says which. */
export function refusedUnseen(tenant: Tenant, exists: boolean, message: string): HttpAnswer {
  const forbidden = exists && tenant.moods.find('groups-forbidden') !== undefined;
  return forbidden ? failure(403, 'Forbidden', 'No access to the device.') : failure(404, 'ResourceNotFound', message);
}

/** Nothing for a list to omit, or the refusal where hidden rows are forbidden. */
export function refusedHidden(tenant: Tenant, visit: Visit): HttpAnswer | undefined {
  if (tenant.moods.find('groups-forbidden') === undefined || tenant.devices.every(visit.caller.sees)) return undefined;
  return failure(403, 'Forbidden', 'No access to some of the devices.');
}
