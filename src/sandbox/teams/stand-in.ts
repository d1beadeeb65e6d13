import type { Clock } from '../../scan/ports.ts';
import { HttpServer, json, statusOf, type HttpAnswer, type HttpCall, type HttpRoute } from '../http.ts';
import type { SandboxPerson } from '../person.ts';
import { BotLine } from './bot-line.ts';
import { Cast } from './cast.ts';
import { ChannelKeys, type KeyChoice } from './channel-keys.ts';
import { wallClock } from './clock.ts';
import { Connector } from './connector.ts';
import { Driver } from './driver.ts';
import { EventStream, type TeamsEvents } from './event-stream.ts';
import { Moods } from './moods.ts';
import { Roster } from './roster.ts';
import { signInPage } from './sign-in-page.ts';
import { SignInRequests } from './sign-in-requests.ts';
import { SignIns, type AssertionFor } from './sign-ins.ts';
import { TeamsWorld } from './teams-world.ts';
import { TokenRoutes } from './token-routes.ts';
import { WireLog, type WireEntry } from './wire-log.ts';

export interface TeamsOptions {
  readonly appId: string;
  readonly appName?: string;
  readonly tenantId: string;
  readonly teamName?: string;
  readonly people: readonly SandboxPerson[];
  readonly connectionName?: string;
  readonly assertionFor: AssertionFor;
  /** Throws when the bearer token is not one that Entra gave the bot. */
  readonly verifyBotToken: (token: string) => Promise<void>;
  readonly clock?: Clock;
  readonly port?: number;
  /** Keys made before: making them takes a moment. */
  readonly keys?: ChannelKeys;
}

/** Everything behind the server, as it is put together. */
interface Inside {
  readonly world: TeamsWorld;
  readonly events: EventStream;
  readonly moods: Moods;
  readonly log: WireLog;
  readonly line: BotLine;
  readonly keys: ChannelKeys;
  readonly signIns: SignIns;
  readonly requests: SignInRequests;
  readonly clock: Clock;
}

/** Microsoft Teams, the Bot Framework channel service and its Token Service, on one loopback port. */
export class TeamsStandIn {
  readonly driver: Driver;
  readonly world: TeamsWorld;
  readonly moods: Moods;
  readonly signIns: SignIns;
  /** What every activity names; with the tenant, as Teams has it. */
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenServiceUrl: string;
  readonly #server: HttpServer;
  readonly #inside: Inside;
  readonly #appId: string;

  private constructor(options: TeamsOptions, server: HttpServer, inside: Inside) {
    this.world = inside.world;
    this.moods = inside.moods;
    this.signIns = inside.signIns;
    this.serviceUrl = `${server.url}${servicePath(options)}/`;
    this.openIdMetadataUrl = ChannelKeys.metadataUrl(server.url);
    this.tokenServiceUrl = server.url;
    this.#server = server;
    this.#inside = inside;
    this.#appId = options.appId;
    this.driver = new Driver({ ...inside, assertionFor: options.assertionFor, serviceUrl: this.serviceUrl });
  }

  static async start(options: TeamsOptions): Promise<TeamsStandIn> {
    const keys = options.keys ?? (await ChannelKeys.generate());
    // The pages name the server's own address, which is known only once it listens.
    let url = '';
    const inside = insideOf(options, keys, () => url);
    const server = await HttpServer.start({
      port: options.port ?? 0,
      routes: routesOf(options, inside, () => url),
      onAnswer: (call, answer) => {
        noteIn(inside.log, call, answer);
      },
    });
    url = server.url;
    return new TeamsStandIn(options, server, inside);
  }

  get botUrl(): string | undefined {
    return this.#inside.line.botUrl;
  }

  set botUrl(url: string | undefined) {
    this.#inside.line.botUrl = url;
  }

  /** Every call in and out, oldest first. */
  get wire(): readonly WireEntry[] {
    return this.#inside.log.entries;
  }

  on<Name extends keyof TeamsEvents>(name: Name, listener: (event: TeamsEvents[Name]) => void): () => void {
    return this.#inside.events.on(name, listener);
  }

  /** A channel token as Teams makes it, unless claims say otherwise (undefined leaves one out). */
  signChannelToken(claims: Readonly<Record<string, unknown>> = {}, choice: KeyChoice = 'endorsed'): Promise<string> {
    return this.#inside.keys.sign({ aud: this.#appId, serviceurl: this.serviceUrl, ...claims }, choice);
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}

function servicePath(options: TeamsOptions): string {
  return `/amer/${options.tenantId}`;
}

function insideOf(options: TeamsOptions, keys: ChannelKeys, origin: () => string): Inside {
  const {
    appId,
    appName = 'Scan Bot',
    tenantId,
    teamName,
    people,
    connectionName = 'defender',
    assertionFor,
  } = options;
  const clock = options.clock ?? wallClock;
  const events = new EventStream();
  const world = new TeamsWorld(new Cast({ appId, appName, tenantId, teamName, people }), clock, events);
  const log = new WireLog(clock, events);
  return {
    world,
    events,
    log,
    keys,
    clock,
    moods: new Moods(clock),
    line: new BotLine(appId, keys, log),
    signIns: new SignIns({ appId, connectionName, assertionFor, clock, events, origin }),
    requests: new SignInRequests(world, events),
  };
}

function routesOf(options: TeamsOptions, inside: Inside, origin: () => string): readonly HttpRoute[] {
  const { world, moods, clock, signIns, keys } = inside;
  const connector = new Connector(world, moods, clock);
  const conversations = [...connector.routes(), ...new Roster(world, connector).routes()].map((route) => ({
    method: route.method,
    path: `${servicePath(options)}${route.path}`,
    answer: (call: HttpCall) => moods.met(route.method, () => route.answer(call)),
  }));
  const guarded = [...conversations, ...new TokenRoutes(signIns, moods).routes()];
  return [
    ...keys.routes(origin),
    ...signInPage(signIns, world.cast),
    ...guarded.map((route) => forBotOnly(route, options.verifyBotToken)),
  ];
}

function forBotOnly(route: HttpRoute, verify: (token: string) => Promise<void>): HttpRoute {
  return {
    ...route,
    answer: async (call) => {
      const [, token] = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '') ?? [];
      try {
        await verify(token ?? '');
      } catch {
        return json(401, {
          error: { code: 'Unauthorized', message: 'Authorization has been denied for this request.' },
        });
      }
      return route.answer(call);
    },
  };
}

function noteIn(log: WireLog, call: HttpCall, answer: HttpAnswer): void {
  const query = call.query.toString();
  log.add({
    direction: 'in',
    method: call.method,
    path: query === '' ? call.path : `${call.path}?${query}`,
    authorization: call.headers.authorization,
    body: call.body,
    status: statusOf(answer),
    answer: answer.kind === 'json' ? answer.body : undefined,
  });
}
