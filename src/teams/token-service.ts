import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { Net, NetRequest } from '../net/request.ts';
import type { Person, Thread } from '../scan/person.ts';
import { SECOND } from '../scan/time.ts';
import { callAsBot } from './bearer-call.ts';
import type { BotToken } from './bearer-call.ts';

export interface TokenServiceSettings {
  readonly url: string;
  readonly appId: string;
  readonly connection: string;
}

export type TokenServiceFailure =
  /** Nothing is kept for this person, or what was handed over is not taken. */
  | { readonly ok: false; readonly why: 'none'; readonly code: string }
  | { readonly ok: false; readonly why: 'no-answer'; readonly code: string }
  /** The bot itself is not let in. */
  | { readonly ok: false; readonly why: 'refused'; readonly code: string };
export type TokenFound = { readonly ok: true; readonly token: string } | TokenServiceFailure;

/** What a client needs to fetch a token silently. */
export interface TokenExchangeResource {
  readonly id: string;
  readonly uri: string;
  readonly providerId?: string | undefined;
}

export interface SignInResource {
  readonly signInLink: string;
  /** Only where a silent exchange was asked for. */
  readonly tokenExchangeResource: TokenExchangeResource | undefined;
}

export interface Patience {
  readonly timeoutMs?: number;
}

type Called = { readonly ok: true; readonly body: unknown } | TokenServiceFailure;

const TIMEOUT = 5 * SECOND;

const Token = z.object({ token: z.string().min(1) });
const Resource = z.object({
  signInLink: z.url({ protocol: /^https?$/ }),
  tokenExchangeResource: z
    .object({ id: z.string(), uri: z.string(), providerId: z.string().optional() })
    .optional()
    .catch(undefined),
});

/** The Bot Framework's keeper of people's sign-ins. Its key is the person's Teams id: the same in every conversation. */
export class TokenService {
  readonly #settings: TokenServiceSettings;
  readonly #net: Net;
  readonly #token: BotToken;

  constructor(settings: TokenServiceSettings, net: Net, token: BotToken) {
    this.#settings = settings;
    this.#net = net;
    this.#token = token;
  }

  /** With `code`: what a person who has just signed in was given. */
  async getToken(teamsId: string, options: Patience & { readonly code?: string } = {}): Promise<TokenFound> {
    const query = { ...this.#person(teamsId), ...(options.code !== undefined && { code: options.code }) };
    return found(await this.#call('GET', `api/usertoken/GetToken?${encoded(query)}`, options));
  }

  /** Hands over what a client fetched silently, so that it is found later. */
  async exchange(teamsId: string, token: string, options: Patience = {}): Promise<TokenFound> {
    const path = `api/usertoken/exchange?${encoded(this.#person(teamsId))}`;
    return found(await this.#call('POST', path, { ...options, body: { token } }));
  }

  /** Nothing being kept counts as signed out. */
  async signOut(teamsId: string, options: Patience = {}): Promise<{ readonly ok: true } | TokenServiceFailure> {
    const answer = await this.#call('DELETE', `api/usertoken/SignOut?${encoded(this.#person(teamsId))}`, options);
    return answer.ok || answer.why === 'none' ? { ok: true } : answer;
  }

  /** Where a person signs in. `silent`: with what the client needs to do it without asking them. */
  async signInResource(
    person: Person,
    thread: Thread,
    options: Patience & { readonly silent: boolean },
  ): Promise<{ readonly ok: true; readonly resource: SignInResource } | TokenServiceFailure> {
    const query = encoded({ state: this.#state(person, thread, options.silent) });
    const answer = await this.#call('GET', `api/botsignin/GetSignInResource?${query}`, options);
    if (!answer.ok) return answer;
    const resource = Resource.safeParse(answer.body).data;
    if (resource === undefined) return { ok: false, why: 'no-answer', code: 'unreadable' };
    const { signInLink, tokenExchangeResource } = resource;
    return {
      ok: true,
      resource: { signInLink, tokenExchangeResource: options.silent ? tokenExchangeResource : undefined },
    };
  }

  /** Only with the app's id in it does the service offer the silent exchange. */
  #state(person: Person, thread: Thread, silent: boolean): string {
    const conversation = {
      user: { id: person.teamsId },
      bot: { id: thread.botId },
      conversation: { id: thread.id },
      channelId: 'msteams',
      serviceUrl: thread.serviceUrl,
    };
    const { connection: connectionName, appId: msAppId } = this.#settings;
    return Buffer.from(JSON.stringify({ connectionName, conversation, ...(silent && { msAppId }) })).toString('base64');
  }

  #person(teamsId: string): Readonly<Record<string, string>> {
    return { userId: teamsId, connectionName: this.#settings.connection, channelId: 'msteams' };
  }

  async #call(method: string, path: string, options: Patience & { readonly body?: object }): Promise<Called> {
    const { timeoutMs = TIMEOUT, body } = options;
    const call: NetRequest = {
      url: `${this.#settings.url.replace(/\/+$/, '')}/${path}`,
      method,
      timeoutMs,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    };
    const reply = await callAsBot(this.#net, this.#token, call);
    if (!reply.called) {
      const { kind, code = kind } = reply.refusal;
      return { ok: false, why: kind === 'entra-unavailable' ? 'no-answer' : 'refused', code };
    }
    if (!reply.answer.ok) return { ok: false, why: 'no-answer', code: reply.answer.why };
    return read(reply.answer.status, reply.answer.text);
  }
}

function read(status: number, text: string): Called {
  if (status >= 200 && status < 300) return { ok: true, body: readJson(text) };
  const code = String(status);
  if (status === 400 || status === 404 || status === 412) return { ok: false, why: 'none', code };
  return { ok: false, why: status === 401 || status === 403 ? 'refused' : 'no-answer', code };
}

/** The token counts, not the status: a person without one has been answered with 200, too. */
function found(answer: Called): TokenFound {
  if (!answer.ok) return answer;
  const token = Token.safeParse(answer.body).data?.token;
  return token === undefined ? { ok: false, why: 'none', code: 'no-token' } : { ok: true, token };
}

function encoded(query: Readonly<Record<string, string>>): string {
  return new URLSearchParams(query).toString();
}
