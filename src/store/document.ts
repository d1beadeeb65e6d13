import type { Batch } from '../scan/batch/batch.ts';
import type { Search } from '../scan/findings.ts';
import type { Halt } from '../scan/halt.ts';
import type { Message } from '../scan/message.ts';
import type { Errand } from '../scan/errand.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { ScanRequest } from '../scan/scan-request.ts';

/**
 * A thing as JSON text. A member that is there but undefined is written as null, so that it is still there when read
 * back; nothing of ours is null, hence null can stand for it.
 */
export function documentOf(thing: object): string {
  return JSON.stringify(thing, (name, part: unknown) => (part === undefined ? null : exact(name, part)));
}

export function readRequest(document: string): ScanRequest {
  return read(document) as ScanRequest;
}

export function readErrand(document: string): Errand {
  return read(document) as Errand;
}

export function readMessage(document: string): Message {
  return read(document) as Message;
}

export function readHalt(document: string): Halt {
  return read(document) as Halt;
}

export function readSearch(document: string): Search {
  return read(document) as Search;
}

export function readBatch(document: string): Batch {
  return read(document) as Batch;
}

export function readPerson(document: string): Person {
  return read(document) as Person;
}

export function readThread(document: string): Thread {
  return read(document) as Thread;
}

/** What JSON would change on the way is refused; better no document than another one. */
function exact(name: string, part: unknown): unknown {
  const changes = part === null || typeof part === 'function' || typeof part === 'symbol';
  if (changes || (typeof part === 'number' && !Number.isFinite(part))) {
    throw new TypeError(`The member "${name}" cannot be kept: it would not read back as it is.`);
  }
  return part;
}

function read(document: string): unknown {
  return withUndefined(JSON.parse(document));
}

/** In place: a reviver that answers undefined would take the member away. */
function withUndefined(part: unknown): unknown {
  if (part === null) return undefined;
  if (typeof part !== 'object') return part;
  const members = part as Record<string, unknown>;
  for (const name of Object.keys(members)) members[name] = withUndefined(members[name]);
  return part;
}
