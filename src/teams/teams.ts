import type { TurnContext } from 'botbuilder';
import { doorAnswers } from '../chat/speak/press-answer.ts';
import type { Net } from '../net/request.ts';
import type { Alerts } from '../scan/alert.ts';
import type { Desks } from '../scan/desks.ts';
import type { Worker } from '../scan/outcome.ts';
import type { DeviceFinder } from '../scan/finding/device-finder.ts';
import type { RequestId } from '../scan/ids.ts';
import type { CallCount, Clock, Store } from '../scan/ports.ts';
import { readActivity } from './activity.ts';
import { AtOnce } from './at-once.ts';
import { Bot } from './bot.ts';
import type { BotParts } from './bot.ts';
import { AskedApprovers } from './asked-approvers.ts';
import { ChannelRoster } from './channel-roster.ts';
import { Commands } from './commands.ts';
import type { Connector } from './connector.ts';
import { Delivery } from './delivery.ts';
import { Door } from './door.ts';
import { Extensions } from './extensions.ts';
import type { TrustSettings } from './inbound-trust.ts';
import type { LookSettings } from './look.ts';
import { PacedSender } from './paced-sender.ts';
import type { Pace } from './paced-sender.ts';
import { Presses } from './presses.ts';
import { Searches } from './searches.ts';
import { BotServer } from './server.ts';
import type { Readiness } from './server.ts';
import { SignInInvokes } from './sign-in-invokes.ts';
import { SignIns } from './sign-ins.ts';
import type { PersonTokens } from './sign-ins.ts';
import type { TokenService } from './token-service.ts';

export interface TeamsSettings {
  readonly trust: TrustSettings;
  readonly look: LookSettings;
  /** The OAuth connection of the Azure Bot resource. */
  readonly connection: string;
  readonly allowed: BotParts['allowed'];
}

/** What this room needs from the others. */
export interface TeamsNeeds {
  readonly clock: Clock;
  readonly net: Net;
  readonly store: Store;
  readonly desk: Desks;
  readonly finder: DeviceFinder;
  readonly alerts: Alerts;
  readonly tokens: PersonTokens;
  readonly tokenService: TokenService;
  readonly connector: Connector;
  readonly calls: CallCount;
  /** How fast messages may follow each other in one place, where it is not as Teams takes them. */
  readonly pace: Pace;
  readonly newId: () => RequestId;
  /** Whether other processes work on the same store. */
  readonly isShared: boolean;
  readonly ready: () => Promise<Readiness>;
  readonly watch: Watch;
}

/** For the operator: what came, what went wrong, how much of it. */
export interface Watch {
  /** Every turn goes through here, and by what it is. */
  readonly inTurn: <T>(kind: string, work: () => Promise<T>) => Promise<T>;
  readonly refused: (status: number, why: string) => void;
  readonly fault: (where: string, fault: unknown, reference?: string) => void;
  readonly note: (facts: Readonly<Record<string, string>>, what: string) => void;
  /** Whether the store failed by itself, whatever was asked of it. */
  readonly isOutage: (fault: unknown) => boolean;
  readonly inBackground: (what: string, work: Promise<unknown>) => void;
  readonly metrics: () => Promise<string>;
}

export interface Listening {
  readonly port: number;
  readonly metricsPort: number | undefined;
  close(): Promise<void>;
}

export interface Teams {
  /** Takes messages out of the store and to their threads. */
  readonly delivery: Worker;
  listen(ports: { readonly port: number; readonly metricsPort: number | undefined }): Promise<Listening>;
}

export function openTeams(settings: TeamsSettings, needs: TeamsNeeds): Teams {
  const { store, clock, tokens, tokenService, watch } = needs;
  const { connection, look } = settings;
  const { inBackground } = watch;
  const { isShared } = needs;
  const signIns = new SignIns({ store, clock, tokens, tokenService, connection, inBackground, isShared });
  const { connector } = needs;
  const approvers = new AskedApprovers({ store, clock, connector });
  const sender = new PacedSender(connector, { calls: needs.calls, clock, pace: needs.pace });
  const atOnce = new AtOnce({ store, clock, sender, look });
  const bot = openBot(settings, needs, { signIns, atOnce });
  const signInCard: SignIns['card'] = (person, thread) => signIns.card(person, thread);
  const delivery = new Delivery({ store, clock, sender, signInCard, approvers, look, note: watch.note });
  return { delivery, listen: (ports) => listen(settings, needs, { bot, ports }) };
}

interface Speaking {
  readonly signIns: SignIns;
  readonly atOnce: AtOnce;
}

function openBot(settings: TeamsSettings, needs: TeamsNeeds, { signIns, atOnce }: Speaking): Bot {
  const { store, clock, desk, newId, finder } = needs;
  const { connection, look, allowed } = settings;
  const commands = new Commands({ desk, store, clock, signIns, atOnce, newId });
  const presses = new Presses({ desk, store, clock, signIns, look, connection });
  const searches = new Searches({ finder, store, clock });
  const roster = new ChannelRoster(needs.connector);
  const extensions = new Extensions({ ...needs, signIns, look, roster });
  const signInInvokes = new SignInInvokes({ store, clock, signIns });
  return new Bot({ store, clock, commands, presses, signIns: signInInvokes, searches, extensions, allowed });
}

interface Opening {
  readonly bot: Bot;
  readonly ports: { readonly port: number; readonly metricsPort: number | undefined };
}

async function listen(settings: TeamsSettings, needs: TeamsNeeds, { bot, ports }: Opening): Promise<Listening> {
  const { clock, net, ready, watch } = needs;
  const onFault = (reference: string, fault: unknown): void => {
    watch.fault('turn', fault, reference);
  };
  const { refused: onRefused, isOutage } = watch;
  const door = new Door(settings.trust, { net, clock, onFault, onRefused, isOutage, words: doorAnswers });
  const turn = (context: TurnContext): Promise<void> => take(bot, context, watch);
  const readiness = async (): Promise<Readiness> => {
    const state = await ready();
    return { ...state, checks: { ...state.checks, keys: door.hasKeys ? 'ok' : 'not-fetched' } };
  };
  const server = new BotServer({
    clock,
    ready: readiness,
    metrics: watch.metrics,
    metricsPort: ports.metricsPort,
    screen: (authorization) => door.screen(authorization),
    receive: (authorization, activity) => door.receive(authorization, activity, turn),
    onFault: (fault) => {
      watch.fault('http', fault);
    },
  });
  const port = await server.listen(ports.port);
  return { port, metricsPort: server.metricsPort, close: () => server.close() };
}

async function take(bot: Bot, context: TurnContext, watch: Watch): Promise<void> {
  const incoming = readActivity(context.activity);
  const answer = await watch.inTurn(incoming.kind, () => bot.take(incoming));
  if (answer !== undefined) await context.sendActivity({ type: 'invokeResponse', value: answer });
}
