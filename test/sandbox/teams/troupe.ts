import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { HttpServer, json, type HttpAnswer, type HttpCall } from '../../../src/sandbox/http.ts';
import type { SandboxPerson } from '../../../src/sandbox/person.ts';
import { ChannelKeys } from '../../../src/sandbox/teams/channel-keys.ts';
import { isJson, type Json } from '../../../src/sandbox/teams/json.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { TeamsStandIn } from '../../../src/sandbox/teams/stand-in.ts';

export const APP_ID = '7b2f0c1e-9d5a-4b1c-8c11-3f7a5f0e2d10';
export const TENANT = '2c9e6a70-51d4-4c1b-9f0a-6f1b0c3d4e5f';
export const BOT_TOKEN = 'the-bot';

export const alice = person('alice', '1', 'America/Los_Angeles', 'en-US');
export const bob = person('bob', '2', 'Europe/Berlin', 'de-DE');
export const gus = { ...person('gus', '3', 'UTC', 'en-GB'), tenantId: 'ffffffff-0000-4000-8000-000000000000' };

function person(handle: string, digit: string, timeZone: string, locale: string): SandboxPerson {
  const oid = `aaaaaaaa-0000-4000-8000-00000000000${digit}`;
  const rights = { read: true, scan: true };
  const name = handle.charAt(0).toUpperCase() + handle.slice(1);
  const teamsId = `29:1${handle}-and-the-bot`;
  return { handle, oid, name, upn: `${handle}@contoso.example`, teamsId, locale, timeZone, tenantId: TENANT, rights };
}

/** Tells when somebody starts to wait, so that a test knows when to let time pass. */
export class NoticingClock extends FakeClock {
  #noticed: () => void = () => undefined;

  override after(ms: number, call: () => void): () => void {
    const takeBack = super.after(ms, call);
    this.#noticed();
    return takeBack;
  }

  /** Resolves with the next wait. */
  nextWait(): Promise<void> {
    return new Promise((resolve) => {
      this.#noticed = resolve;
    });
  }
}

/** A bot that does nothing but remember what it was sent, and answers as it is told. */
export class FakeBot {
  readonly heard: Json[] = [];
  readonly tokens: string[] = [];
  answer: (activity: Json) => HttpAnswer | Promise<HttpAnswer> = () => json(200);
  readonly #server: HttpServer;

  private constructor(server: HttpServer) {
    this.#server = server;
  }

  static async start(): Promise<FakeBot> {
    // The server wants its routes before there is a bot to answer them.
    const bots: FakeBot[] = [];
    const answer = (call: HttpCall): HttpAnswer | Promise<HttpAnswer> => bots[0]?.hear(call) ?? json(503);
    const server = await HttpServer.start({ routes: [{ method: 'POST', path: '/api/messages', answer }] });
    const bot = new FakeBot(server);
    bots.push(bot);
    return bot;
  }

  hear(call: HttpCall): HttpAnswer | Promise<HttpAnswer> {
    const activity = isJson(call.body) ? call.body : {};
    this.heard.push(activity);
    this.tokens.push((call.headers.authorization ?? '').replace('Bearer ', ''));
    return this.answer(activity);
  }

  get url(): string {
    return `${this.#server.url}/api/messages`;
  }

  get last(): Json {
    return this.heard.at(-1) ?? {};
  }

  named(name: string): readonly Json[] {
    return this.heard.filter((activity) => activity['name'] === name || activity['type'] === name);
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

export function assertionFor(oid: string, overrides: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: APP_ID,
    azp: APP_ID,
    oid,
    tid: TENANT,
    scp: 'access_as_user',
    jti: randomUUID(),
    iat: now,
    exp: now + 3600,
  };
  const secret = new TextEncoder().encode('a secret of thirty-two bytes and more');
  return new SignJWT({ ...claims, ...overrides }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

export function verifyBotToken(token: string): Promise<void> {
  return token === BOT_TOKEN ? Promise.resolve() : Promise.reject(new Error('not the bot'));
}

/** Made once for all tests of this folder: making keys takes a moment. */
export const keys = await ChannelKeys.generate();

export interface Troupe {
  readonly teams: TeamsStandIn;
  readonly bot: FakeBot;
  readonly clock: NoticingClock;
  /** A call of the bot to the connector; the path goes on after the service address. */
  connector(method: string, path: string, body?: unknown, token?: string): Promise<Answered>;
  /** A call of the bot to the Token Service. */
  tokens(method: string, path: string, body?: unknown, token?: string): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly body: Json;
  readonly text: string;
  readonly headers: Headers;
}

export async function troupe(): Promise<Troupe> {
  const clock = new NoticingClock();
  const bot = await FakeBot.start();
  const people = [alice, bob, gus];
  const teams = await TeamsStandIn.start({
    appId: APP_ID,
    tenantId: TENANT,
    people,
    assertionFor,
    verifyBotToken,
    clock,
    keys,
  });
  teams.botUrl = bot.url;
  return {
    teams,
    bot,
    clock,
    connector: (method, path, body, token = BOT_TOKEN) => request(method, `${teams.serviceUrl}${path}`, body, token),
    tokens: (method, path, body, token = BOT_TOKEN) => request(method, `${teams.tokenServiceUrl}/${path}`, body, token),
    close: async () => {
      await teams.close();
      await bot.close();
    },
  };
}

async function request(method: string, url: string, body: unknown, token: string): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJsonText = text !== '' && (response.headers.get('content-type') ?? '').includes('json');
  const parsed = isJsonText ? (JSON.parse(text) as unknown) : undefined;
  const fields = isJson(parsed) ? parsed : { items: parsed };
  return { status: response.status, body: fields, text, headers: response.headers };
}

export function adaptiveCard(content: Json): Json {
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: { type: 'AdaptiveCard', version: '1.5', ...content },
  };
}

export function heading(text: string): Json {
  return { type: 'TextBlock', style: 'heading', text };
}

export function cardMessage(content: Json): Json {
  return { type: 'message', attachments: [adaptiveCard(content)] };
}

export function path(conversation: string, activity?: string): string {
  const base = `v3/conversations/${encodeURIComponent(conversation)}/activities`;
  return activity === undefined ? base : `${base}/${activity}`;
}
