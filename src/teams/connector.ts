import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { Net } from '../net/request.ts';
import { readThreadId } from '../scan/ids.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Clock } from '../scan/ports.ts';
import { SECOND } from '../scan/time.ts';
import { callAsBot } from './bearer-call.ts';
import type { BotToken } from './bearer-call.ts';
import { notSent } from './sent.ts';
import type { NotSent, Repeat, Sent } from './sent.ts';
import { serviceBase } from './service-hosts.ts';

export interface ConnectorParts {
  readonly net: Net;
  readonly token: BotToken;
  readonly clock: Clock;
  readonly serviceHosts: readonly string[];
  readonly timeoutMs?: number;
}

/** What somebody is to the tenant that the conversation belongs to. */
export type Role = 'member' | 'guest' | 'unknown';

export interface Member {
  readonly teamsId: string;
  readonly aadObjectId: string | undefined;
  readonly name: string;
  readonly role: Role;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Segments, not yet encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly repeat: Repeat;
}

type Answered = { readonly ok: true; readonly body: unknown } | NotSent;

/** As Teams names them; whoever has joined a meeting without an account is neither. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['user', 'member'],
  ['guest', 'guest'],
]);
const NO_TOKEN_PAUSE = 30 * SECOND;
const PAGE = 500;
/** A conversation larger than this is not read to its end. */
const MOST_PAGES = 20;

const Resource = z.object({ id: z.string().optional().catch(undefined) });
const Conversation = z.object({ id: z.string() });
const text = z.string().optional().catch(undefined);
const Account = z.object({
  id: z.string(),
  aadObjectId: text,
  objectId: text,
  name: text,
  // Something else than text says something that is not understood here: that is not the same as nothing.
  userRole: z.string().optional().catch('unreadable'),
  userPrincipalName: text,
  tenantId: text,
});
type Account = z.infer<typeof Account>;
const MemberPage = z.object({
  members: z.array(Account.optional().catch(undefined)),
  continuationToken: z.string().optional().catch(undefined),
});

/** Sends to Teams. Nothing goes out twice from here: who sends decides, by what is answered. */
export class Connector {
  readonly #parts: ConnectorParts;

  constructor(parts: ConnectorParts) {
    this.#parts = parts;
  }

  async post(thread: Thread, activity: object, replyTo?: string): Promise<Sent> {
    const body = {
      type: 'message',
      ...activity,
      ...addressOf(thread),
      ...(replyTo !== undefined && { replyToId: replyTo }),
    };
    const path = [thread.id, 'activities', ...(replyTo === undefined ? [] : [replyTo])];
    const answer = await this.#call(thread, { method: 'POST', path, body, repeat: 'duplicates' });
    return answer.ok ? { ok: true, id: Resource.safeParse(answer.body).data?.id ?? '' } : answer;
  }

  async replace(thread: Thread, activityId: string, activity: object): Promise<Sent> {
    const body = { type: 'message', ...activity, ...addressOf(thread), id: activityId };
    const path = [thread.id, 'activities', activityId];
    const answer = await this.#call(thread, { method: 'PUT', path, body, repeat: 'safe' });
    return answer.ok ? { ok: true, id: activityId } : answer;
  }

  /** The person's own chat with the bot; asking twice gives the same one. Blocked while they have not installed it. */
  async personalThread(
    person: Person,
    near: Thread,
  ): Promise<{ readonly ok: true; readonly thread: Thread } | NotSent> {
    const body = { isGroup: false, members: [{ id: person.teamsId }], tenantId: near.tenantId };
    const answer = await this.#call(near, { method: 'POST', path: [], body, repeat: 'safe' });
    if (!answer.ok) return answer;
    const id = readThreadId(Conversation.safeParse(answer.body).data?.id);
    if (id === undefined) return { ok: false, why: 'impossible', code: 'unreadable' };
    return { ok: true, thread: { ...near, id, kind: 'personal', team: undefined, channel: undefined } };
  }

  /** Everybody in the conversation; for a thread of a channel, in the channel. */
  async members(thread: Thread): Promise<{ readonly ok: true; readonly members: readonly Member[] } | NotSent> {
    const found: Member[] = [];
    let next: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const read = await this.#memberPage(thread, next);
      if (!read.ok) return read;
      found.push(...read.members);
      next = read.next;
      if (next === undefined) break;
    }
    return { ok: true, members: found };
  }

  async #memberPage(thread: Thread, from: string | undefined): Promise<MembersRead> {
    const path = [thread.id.split(';')[0] ?? thread.id, 'pagedmembers'];
    const query = { pageSize: String(PAGE), ...(from !== undefined && { continuationToken: from }) };
    const answer = await this.#call(thread, { method: 'GET', path, query, repeat: 'safe' });
    if (!answer.ok) return answer;
    const page = MemberPage.safeParse(answer.body).data;
    if (page === undefined) return { ok: false, why: 'impossible', code: 'unreadable' };
    const accounts = page.members.filter((account) => account !== undefined);
    const members = accounts.map((account) => memberOf(account, thread));
    return { ok: true, members, next: page.continuationToken };
  }

  /** One person in the conversation; `gone` when they are not in it. */
  async member(thread: Thread, teamsId: string): Promise<{ readonly ok: true; readonly member: Member } | NotSent> {
    const path = [thread.id.split(';')[0] ?? thread.id, 'members', teamsId];
    const answer = await this.#call(thread, { method: 'GET', path, repeat: 'safe' });
    if (!answer.ok) return answer;
    const account = Account.safeParse(answer.body).data;
    if (account === undefined) return { ok: false, why: 'impossible', code: 'unreadable' };
    return { ok: true, member: memberOf(account, thread) };
  }

  async #call(thread: Thread, call: Call): Promise<Answered> {
    const { net, token, clock, serviceHosts, timeoutMs = 10 * SECOND } = this.#parts;
    // Checked before every call: the address comes out of the store, and our token goes where it says.
    const base = serviceBase(thread.serviceUrl, serviceHosts);
    if (base === undefined) return { ok: false, why: 'impossible', code: 'service-url' };
    // A URL is normalised after it is encoded: these would lead to another call.
    if (call.path.some((part) => part === '.' || part === '..')) return { ok: false, why: 'impossible', code: 'path' };
    const path = ['v3', 'conversations', ...call.path].map(encodeURIComponent).join('/');
    const query = call.query === undefined ? '' : `?${new URLSearchParams(call.query).toString()}`;
    const reply = await callAsBot(net, token, {
      url: `${base}/${path}${query}`,
      method: call.method,
      timeoutMs,
      ...(call.body && { body: JSON.stringify(call.body), headers: { 'content-type': 'application/json' } }),
    });
    if (!reply.called) {
      const at = reply.refusal.retryAt ?? clock.now() + NO_TOKEN_PAUSE;
      return { ok: false, why: 'retry', at, code: reply.refusal.code ?? reply.refusal.kind };
    }
    const { answer } = reply;
    if (!answer.ok || answer.status < 200 || answer.status > 299) return notSent(answer, call.repeat, clock.now());
    return { ok: true, body: readJson(answer.text) };
  }
}

function memberOf(account: Account, thread: Thread): Member {
  const { id, aadObjectId, objectId, name = '' } = account;
  return { teamsId: id, aadObjectId: aadObjectId ?? objectId, name, role: roleOf(account, thread) };
}

/**
 * People of other organisations come into shared channels without being guests: their tenant tells. Where Teams states
 * no role, the name that Entra gives to guests does, and after it the claims of their own token.
 */
function roleOf({ userRole, userPrincipalName, tenantId }: Account, thread: Thread): Role {
  if (tenantId !== undefined && tenantId.toLowerCase() !== thread.tenantId.toLowerCase()) return 'guest';
  if (userPrincipalName?.toUpperCase().includes('#EXT#') === true) return 'guest';
  return userRole === undefined ? 'member' : (ROLES.get(userRole.toLowerCase()) ?? 'unknown');
}

type MembersRead =
  { readonly ok: true; readonly members: readonly Member[]; readonly next: string | undefined } | NotSent;

/** What every activity carries about where it goes and who sends it. */
function addressOf(thread: Thread): object {
  const conversationType = thread.kind === 'group' ? 'groupChat' : thread.kind;
  const { id, tenantId, serviceUrl, botId, botName } = thread;
  return {
    channelId: 'msteams',
    serviceUrl,
    from: { id: botId, name: botName },
    conversation: { id, conversationType, tenantId, ...(thread.kind !== 'personal' && { isGroup: true }) },
  };
}
