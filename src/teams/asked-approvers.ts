import type { PersonId } from '../scan/ids.ts';
import { openDemands, peopleIn } from '../scan/demand.ts';
import { approversOf } from '../scan/approving.ts';
import type { Outcome } from '../scan/outcome.ts';
import { DONE } from '../scan/outcome.ts';
import type { Batch } from '../scan/batch/batch.ts';
import type { Message } from '../scan/message.ts';
import type { ApprovalAsked, BatchNotice } from '../scan/notice.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Claim, Clock, Store } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { SECOND } from '../scan/time.ts';
import { batchCopy } from './batch-delivery.ts';
import type { Connector, Member } from './connector.ts';

export interface AskedApproversParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly connector: Pick<Connector, 'members' | 'personalThread'>;
}

/** Teams shows a longer row of mentions as noise. */
const MOST_MENTIONS = 5;
/** After so many faults somebody counts as not reached. */
const MOST_TRIES = 3;
const PAUSE = 5 * SECOND;

type Reached = 'yes' | 'no' | 'later';

/**
 * Tells those who are named as approvers: in the thread by a mention when they are in it, else in their own chat with
 * the bot. Whom that does not reach is said in the thread.
 */
export class AskedApprovers {
  readonly #parts: AskedApproversParts;

  constructor(parts: AskedApproversParts) {
    this.#parts = parts;
  }

  async tell(claim: Claim, content: { request: AskedFor; again: boolean }, thread: Thread): Promise<Outcome> {
    const { request, again: reminds } = content;
    if (request.stage.name !== 'awaiting') return DONE;
    const wanted = await this.#wanted(request, thread);
    const [here, elsewhere] = [wanted.filter((one) => one.isHere), wanted.filter((one) => !one.isHere)];
    const unreached: string[] = [];
    for (const { person } of elsewhere) {
      const reached = await this.#reach(person, { request, reminds, thread });
      if (reached === 'later' && claim.fails < MOST_TRIES) return laterOutcome(this.#parts.clock.now());
      if (reached !== 'yes') unreached.push(person.name === '' ? person.id : person.name);
    }
    const mentions = here.slice(0, MOST_MENTIONS).map(({ person }) => person);
    // Where nobody is to be named, the card itself is the question.
    if (mentions.length === 0 && unreached.length === 0 && !reminds) return DONE;
    const notice = asked(request, { again: reminds, mentions, unreached: reminds ? [] : unreached });
    await this.#parts.store.commit({ messages: [said(claim.id, request.requester, thread, notice)] });
    return DONE;
  }

  /** Everybody who is named, has not approved yet, and did not ask themselves. */
  async #wanted(request: AskedFor, thread: Thread): Promise<readonly Wanted[]> {
    if (request.stage.name !== 'awaiting') return [];
    const given = approversOf(request);
    const open = openDemands(request.stage.demands, request.requester.id, given);
    const done = new Set([request.requester.id, ...given.map(({ id }) => id)]);
    const people = [...peopleIn(open)].filter((id) => !done.has(id));
    if (people.length === 0) return [];
    const members = thread.kind === 'personal' ? [] : await this.#members(thread);
    return Promise.all(people.map((id) => this.#personBy(id, members)));
  }

  /** When Teams does not say who is here, each of them is told in their own chat. */
  async #members(thread: Thread): Promise<readonly Member[]> {
    const answer = await this.#parts.connector.members(thread);
    return answer.ok ? answer.members : [];
  }

  async #personBy(id: PersonId, members: readonly Member[]): Promise<Wanted> {
    const member = members.find(({ aadObjectId }) => aadObjectId?.toLowerCase() === id);
    const known = await this.#parts.store.person(id);
    // Teams takes the object id in place of its own for somebody whom the bot has not met.
    const stranger: Person = { id, name: '', teamsId: id, locale: '', timeZone: '' };
    const named = member === undefined ? {} : { name: member.name, teamsId: member.teamsId };
    return { person: { ...(known ?? stranger), ...named }, isHere: member !== undefined };
  }

  async #reach(
    person: Person,
    about: { readonly request: AskedFor; readonly reminds: boolean; readonly thread: Thread },
  ): Promise<Reached> {
    const { request, reminds, thread } = about;
    const chat = await this.#parts.connector.personalThread(person, thread);
    if (!chat.ok) return chat.why === 'retry' || chat.why === 'unknown' ? 'later' : 'no';
    const mark = `${request.id}:${request.rev}`;
    const reminder = said(`reminder:${mark}`, person, chat.thread, asked(request, { again: true }));
    const copy = isBatch(request) ? batchCopy(request, chat.thread, person) : copyOf(request, chat.thread, person);
    const own = { ...chat.thread, owner: person.id };
    await this.#parts.store.commit({ thread: own, messages: reminds ? [reminder] : [copy] });
    return 'yes';
  }
}

interface Wanted {
  readonly person: Person;
  /** In the thread, so that a mention reaches them. */
  readonly isHere: boolean;
}

/** One scan, or many at once. */
type AskedFor = ScanRequest | Batch;
type AskedNotice = ApprovalAsked | Extract<BatchNotice, { say: 'batch-approval-asked' }>;

function isBatch(request: AskedFor): request is Batch {
  return 'kind' in request;
}

function asked(request: AskedFor, facts: Partial<Omit<ApprovalAsked, 'say' | 'request'>>): AskedNotice {
  const rest = { again: false, mentions: [], unreached: [], ...facts };
  return isBatch(request)
    ? { say: 'batch-approval-asked', batch: request.id, ...rest }
    : { say: 'approval-asked', request: request.id, ...rest };
}

function said(mark: string, to: Person, thread: Thread, notice: AskedNotice): Message {
  const content = { kind: 'notice' as const, notice, mention: false };
  return { id: `approval-asked:${thread.id}:${mark}`, thread: thread.id, to, content };
}

/** The card once more, in another thread. It is drawn from what the store holds when it goes out. */
export function copyOf(request: ScanRequest, thread: Pick<Thread, 'id'>, to: Person): Message {
  const id = `card:${request.id}:${request.rev}:${thread.id}`;
  return { id, thread: thread.id, to, content: { kind: 'card', request: request.id } };
}

function laterOutcome(now: number): Outcome {
  return { is: 'again', at: now + PAUSE, failed: true };
}
