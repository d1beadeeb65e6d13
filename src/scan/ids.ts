declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A device in Defender: 40 lower-case hex characters. */
export type DeviceId = Branded<'DeviceId'>;
/** One of our scan requests. */
export type RequestId = Branded<'RequestId'>;
/** Defender's record of one scan (a GUID). */
export type ActionId = Branded<'ActionId'>;
/** A person: the Entra object id, a lower-case GUID. */
export type PersonId = Branded<'PersonId'>;
/** A place to answer in: the Bot Framework conversation id, with `;messageid=` for a channel thread. */
export type ThreadId = Branded<'ThreadId'>;

declare const many: unique symbol;
/** A request for many scans. Its card, its events and its messages stand under it as those of a single request do. */
export type BatchId = RequestId & { readonly [many]: true };

/** Milliseconds since 1970, UTC. */
export type Time = number;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DEVICE = /^[0-9a-f]{40}$/i;

export function readDeviceId(text: unknown): DeviceId | undefined {
  return typeof text === 'string' && DEVICE.test(text) ? (text.toLowerCase() as DeviceId) : undefined;
}

export function readPersonId(text: unknown): PersonId | undefined {
  return typeof text === 'string' && GUID.test(text) ? (text.toLowerCase() as PersonId) : undefined;
}

export function readActionId(text: unknown): ActionId | undefined {
  return typeof text === 'string' && /^[0-9a-z-]{1,64}$/i.test(text) ? (text.toLowerCase() as ActionId) : undefined;
}

export function readRequestId(text: unknown): RequestId | undefined {
  return typeof text === 'string' && GUID.test(text) ? (text.toLowerCase() as RequestId) : undefined;
}

export function readBatchId(text: unknown): BatchId | undefined {
  return readRequestId(text) as BatchId | undefined;
}

export function readThreadId(text: unknown): ThreadId | undefined {
  return typeof text === 'string' && text.length > 0 && text.length <= 512 ? (text as ThreadId) : undefined;
}
