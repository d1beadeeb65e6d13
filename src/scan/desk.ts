import type { PersonId, RequestId, Time } from './ids.ts';
import { readDeviceId, readRequestId } from './ids.ts';
import { commentFault } from './comment.ts';
import { readScanType } from './device.ts';
import type { Entered, PressRefusal } from './message.ts';
import { approve, dismiss, isIn, pick, SIGN_IN_WITHIN, withdraw } from './moves.ts';
import type { Person, Thread } from './person.ts';
import type { Clock, Store, Write } from './ports.ts';
import type { Content, ScanRequest, Wanted } from './scan-request.ts';

/** A scan was asked for. `once` marks the message, so that a second delivery asks nothing. */
export interface Asking {
  readonly person: Person;
  readonly thread: Thread;
  readonly wanted: Wanted;
  readonly once: string;
}

/** A press as it came: all of it is to be read, none of it to be believed. */
export interface Press {
  readonly person: Person;
  readonly thread: Thread;
  readonly verb: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export type Pressed =
  | { readonly answer: 'show'; readonly request: ScanRequest }
  | { readonly answer: 'mend'; readonly request: ScanRequest; readonly entered: Entered }
  | { readonly answer: 'refuse'; readonly why: PressRefusal }
  | { readonly answer: 'sign-in' };

/** Whether a token for the person is at hand: `unknown` when nobody answered in time. */
export type SignedIn = () => Promise<'yes' | 'no' | 'unknown'>;

export interface DeskSettings {
  /** How long a request may stay undecided, in milliseconds. */
  readonly decideWithin: Time;
  readonly newId: () => RequestId;
}

/** How many of a person's latest requests may still be undecided. */
const LOOK_BACK = 100;
const MOST_TRIES = 3;
/** What of an overlong comment is handed back to be shortened. */
const LONGEST_RETURNED = 8000;

/** Takes what people ask and press. Decides at once, writes it down, and leaves the calls to the workers. */
export class ScanDesk {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #settings: DeskSettings;

  constructor(store: Store, clock: Clock, settings: DeskSettings) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = settings;
  }

  async ask(asking: Asking): Promise<void> {
    const { person, thread, wanted, once } = asking;
    const now = this.#clock.now();
    const request: ScanRequest = {
      id: this.#settings.newId(),
      rev: 1,
      requester: person,
      thread: thread.id,
      askedAt: now,
      wanted,
      stage: { name: 'asked', waitsForSignIn: false, until: now + SIGN_IN_WITHIN },
    };
    const asked = { request: request.id, at: now, who: person.id, what: 'asked', facts: {} };
    await this.#store.commit({ once, person, thread, move: { before: undefined, after: request }, events: [asked] });
  }

  async press(press: Press, signedIn: SignedIn): Promise<Pressed> {
    const id = readRequestId(press.values['request']);
    const request = id === undefined ? undefined : await this.#store.request(id);
    if (request?.thread !== press.thread.id) return { answer: 'refuse', why: { why: 'unknown' } };
    if (request.requester.id !== press.person.id) return notYours(request);
    if (press.values['rev'] !== request.rev) return { answer: 'show', request };
    switch (press.verb) {
      case 'run':
        return this.#run(request, press, signedIn);
      case 'dismiss':
        return this.#dismiss(request, press.person.id);
      case 'pick':
        return this.#pick(request, press.values['device']);
      default:
        return { answer: 'refuse', why: { why: 'unknown' } };
    }
  }

  /** Takes back everything of a person that nobody has decided yet. */
  async withdraw(person: Person): Promise<void> {
    for (const { id } of await this.#store.requestsOf(person.id, LOOK_BACK)) await this.#withdraw(id);
  }

  /** A worker may move it at the same moment: then the next look decides. */
  async #withdraw(id: RequestId): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const request = await this.#store.request(id);
      if (request === undefined || !isIn(request, 'asked', 'choosing', 'proposed')) return;
      if (await this.#store.commit(withdraw(request, this.#clock.now()))) return;
    }
  }

  async #run(request: ScanRequest, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const now = this.#clock.now();
    if (!isIn(request, 'proposed') || now >= request.stage.until) return { answer: 'show', request };
    const read = readContent(press.values);
    if (!read.ok) return { answer: 'mend', request, entered: read.entered };
    if ((await signedIn()) === 'no') return { answer: 'sign-in' };
    return this.#write(request, approve(request, read.content, press.person.id, now));
  }

  async #dismiss(request: ScanRequest, by: PersonId): Promise<Pressed> {
    if (!isIn(request, 'proposed', 'choosing')) return { answer: 'show', request };
    return this.#write(request, dismiss(request, by, this.#clock.now()));
  }

  async #pick(request: ScanRequest, chosen: unknown): Promise<Pressed> {
    const now = this.#clock.now();
    if (!isIn(request, 'choosing') || now >= request.stage.until) return { answer: 'show', request };
    const id = readDeviceId(chosen);
    const device = request.stage.among.find((one) => one.id === id);
    if (device === undefined) return { answer: 'show', request };
    return this.#write(request, pick(request, device, now));
  }

  /** Whether this press won or another one did: the answer is what the store holds now. */
  async #write(before: ScanRequest, write: Write): Promise<Pressed> {
    await this.#store.commit(write);
    return { answer: 'show', request: (await this.#store.request(before.id)) ?? before };
  }
}

function notYours(request: ScanRequest): Pressed {
  return { answer: 'refuse', why: { why: 'not-yours', requester: request.requester.name } };
}

type ContentRead = { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly entered: Entered };

/** The inputs once more: what a client checked counts for nothing. */
function readContent(values: Readonly<Record<string, unknown>>): ContentRead {
  const type = readScanType(values['scanType']);
  const comment = typeof values['comment'] === 'string' ? values['comment'] : '';
  const fault = commentFault(comment);
  if (type !== undefined && fault === undefined) return { ok: true, content: { type, comment } };
  const faults = [...(type === undefined ? (['type'] as const) : []), ...(fault === undefined ? [] : [fault])];
  return { ok: false, entered: { type: type ?? '', comment: comment.slice(0, LONGEST_RETURNED), faults } };
}
