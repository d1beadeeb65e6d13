import { sameAgain } from './again.ts';
import type { PersonId, RequestId, Time } from './ids.ts';
import { readRequestId } from './ids.ts';
import { namedOn, NO_DEVICE } from './finding/named-on.ts';
import { ApprovalDesk } from './approval-desk.ts';
import type { ApproverCheck } from './approver-check.ts';
import { ASKED_AGAIN_WITHIN, dismiss, isIn, noticeMessage, pick, SIGN_IN_WITHIN, withdraw } from './moves.ts';
import { canCancel } from './following.ts';
import type { Person, Thread } from './person.ts';
import type { Clock, Store, Write } from './ports.ts';
import type { Press, Pressed, SignedIn } from './press.ts';
import { notDone, shown } from './press.ts';
import { pressRun } from './press-run.ts';
import type { Rules } from './rules.ts';
import { followInstead, freed, holderOf } from './queueing.ts';
import { isUndecided } from './scan-request.ts';
import { pressStop } from './schedule/press-stop.ts';
import type { ScanRequest, Wanted } from './scan-request.ts';

/** A scan was asked for. `once` marks the message, so that a second delivery asks nothing; `words` what it said. */
export interface Asking {
  readonly person: Person;
  readonly thread: Thread;
  readonly wanted: Wanted;
  readonly once: string;
  readonly words?: string;
}

export interface DeskSettings {
  /** How long a request may stay undecided, in milliseconds. */
  readonly decideWithin: Time;
  readonly newId: () => RequestId;
}

/** How many of a person's latest requests may still be undecided. */
const LOOK_BACK = 100;
const MOST_TRIES = 3;

export interface DeskParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: DeskSettings;
  readonly rules: Rules;
  readonly check: ApproverCheck;
}

/** Takes what people ask and press. Decides at once, writes it down, and leaves the calls to the workers. */
export class ScanDesk {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #settings: DeskSettings;
  readonly #rules: Rules;
  readonly #approvals: ApprovalDesk;

  constructor(parts: DeskParts) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#settings = parts.settings;
    this.#rules = parts.rules;
    this.#approvals = new ApprovalDesk(parts);
  }

  async ask(asking: Asking): Promise<void> {
    const { person, thread, wanted, words, once } = asking;
    const now = this.#clock.now();
    const request: ScanRequest = {
      id: this.#settings.newId(),
      rev: 1,
      requester: person,
      thread: thread.id,
      askedAt: now,
      wanted,
      ...(words !== undefined && { words }),
      stage: { name: 'asked', waitsForSignIn: false, until: now + SIGN_IN_WITHIN },
    };
    const asked = { request: request.id, at: now, who: person.id, what: 'asked', facts: {} };
    const anew = words === undefined ? {} : { unlessAskedSince: now - ASKED_AGAIN_WITHIN };
    const move = { before: undefined, after: request };
    if (await this.#store.commit({ ...anew, once, person, thread, move, events: [asked] })) return;
    await this.#pointTo(asking, now);
  }

  /** Teams sends a message again under a new id when the answer came late; people repeat themselves, too. */
  async #pointTo({ person, thread, words, once }: Asking, now: Time): Promise<void> {
    const recent = await this.#store.requestsOf(person.id, LOOK_BACK);
    const same = recent.find((one) => one.thread === thread.id && one.words === words && isUndecided(one));
    if (same === undefined || words === undefined || same.askedAt <= now - ASKED_AGAIN_WITHIN) return;
    // Of the same message, delivered twice, the mark is taken: then nothing is said.
    await this.#store.commit({ once, messages: [noticeMessage(same, { say: 'asked-already', request: same.id })] });
  }

  async press(press: Press, signedIn: SignedIn): Promise<Pressed> {
    if (press.verb === 'stop-schedule') return pressStop(press, { store: this.#store, clock: this.#clock });
    const request = await this.standingIn(press.thread, press.values['request']);
    if (request === undefined) return notDone({ why: 'unknown' });
    if (press.verb === 'approve') return this.#approvals.approve(request, press, signedIn);
    if (press.verb === 'decline') return this.#approvals.decline(request, press, signedIn);
    if (press.verb === 'again') return this.#again(request, press);
    if (request.requester.id !== press.person.id) return notYours(request);
    if (press.values['rev'] !== request.rev) return shown(request);
    switch (press.verb) {
      case 'run':
        return this.#run(request, press, signedIn);
      case 'dismiss':
        return this.#dismiss(request, press.person.id);
      case 'pick':
        return this.#pick(request, press.values);
      case 'change':
        return this.#approvals.correct(request, press);
      case 'withdraw':
        return this.#approvals.takeBack(request, press);
      case 'follow':
        return this.#follow(request, press.person.id);
      case 'cancel':
        return this.#cancel(request, press.thread);
      default:
        return notDone({ why: 'unknown' });
    }
  }

  /** A request of whoever presses, with a card of its own. Pressed twice, it is the same one while that is undecided. */
  async #again(request: ScanRequest, { person, thread, once }: Press): Promise<Pressed> {
    const wanted = sameAgain(request);
    if (wanted !== undefined) await this.ask({ person, thread, once, wanted, words: `again ${request.id}` });
    return shown(request);
  }

  /** The request by this id, if a card of it stands in this thread: nowhere else can it be pressed or seen. */
  async standingIn(thread: Thread, typed: unknown): Promise<ScanRequest | undefined> {
    const id = readRequestId(typed);
    const request = id === undefined ? undefined : await this.#store.request(id);
    if (request === undefined || request.thread === thread.id) return request;
    return (await this.#store.card(request.id, thread.id)) === undefined ? undefined : request;
  }

  /** Takes back everything of a person that nobody has decided yet. */
  async withdraw(person: Person): Promise<void> {
    for (const { id } of await this.#store.requestsOf(person.id, LOOK_BACK)) await this.#withdraw(id);
  }

  /** A worker may move it at the same moment: then the next look decides. */
  async #withdraw(id: RequestId): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const request = await this.#store.request(id);
      if (request === undefined || !isIn(request, 'asked', 'choosing', 'proposed', 'awaiting')) return;
      if (await this.#store.commit(withdraw(request, this.#clock.now()))) return;
    }
  }

  async #run(request: ScanRequest, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const parts = { clock: this.#clock, rules: this.#rules, decideWithin: this.#settings.decideWithin };
    const came = await pressRun(request, { press, signedIn }, parts);
    return 'answer' in came ? came : this.#write(request, came);
  }

  async #dismiss(request: ScanRequest, by: PersonId): Promise<Pressed> {
    if (!isIn(request, 'proposed', 'choosing', 'queued')) return shown(request);
    return this.#write(request, dismiss(request, by, this.#clock.now()));
  }

  /** Rather the scan that is under way there than one of their own. */
  async #follow(request: ScanRequest, by: PersonId): Promise<Pressed> {
    const now = this.#clock.now();
    if (!isIn(request, 'proposed', 'queued') || now >= request.stage.until) return shown(request);
    const holder = await this.#store.holder(request.stage.device.id);
    if (holder !== undefined) return this.#write(request, followInstead(request, holderOf(holder), by, now));
    return isIn(request, 'proposed') ? this.#write(request, freed(request, now)) : shown(request);
  }

  /** Defender decides whether it is still possible: the answer comes as a message. */
  async #cancel(request: ScanRequest, thread: Thread): Promise<Pressed> {
    if (!canCancel(request)) return shown(request);
    const { id, rev, requester: person, stage } = request;
    const what = { command: 'cancel', device: stage.device.id, request: id } as const;
    const until = this.#clock.now() + SIGN_IN_WITHIN;
    const errand = { id: this.#settings.newId(), person, thread: thread.id, what, waitsForSignIn: false, until };
    await this.#store.commit({ once: `cancel:${id}:${rev}`, errand });
    return shown(request);
  }

  async #pick(request: ScanRequest, values: Press['values']): Promise<Pressed> {
    const now = this.#clock.now();
    if (!isIn(request, 'choosing') || now >= request.stage.until) return shown(request);
    const device = namedOn(request.stage, values);
    if (device !== undefined) return this.#write(request, pick(request, device, now));
    return request.stage.any === undefined ? shown(request) : { answer: 'mend', request, entered: NO_DEVICE };
  }

  /** Whether this press won or another one did: the answer is what the store holds now. */
  async #write(before: ScanRequest, write: Write): Promise<Pressed> {
    await this.#store.commit(write);
    return shown((await this.#store.request(before.id)) ?? before);
  }
}

function notYours(request: ScanRequest): Pressed {
  return notDone({ why: 'not-yours', requester: request.requester.name });
}
