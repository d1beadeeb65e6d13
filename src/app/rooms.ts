import { localeOf } from '../chat/language.ts';
import { cancelComment } from '../chat/speak/cancel-comment.ts';
import type { Config } from '../config.ts';
import { StoreCallBudget } from '../defender/call-budget.ts';
import { DefenderEndingSources } from '../defender/ending-sources.ts';
import type { DefenderSettings } from '../defender/in-persons-name.ts';
import { DefenderInPersonsName } from '../defender/in-persons-name.ts';
import type { Entra } from '../entra/entra.ts';
import type { DefenderTokens } from '../entra/on-behalf-of.ts';
import type { PersonId } from '../scan/ids.ts';
import type { Worker } from '../scan/outcome.ts';
import type { WorkKind } from '../scan/work-kind.ts';
import type { EndingSource } from '../scan/ending.ts';
import type { Log } from '../log.ts';
import type { Refusal } from '../scan/refusal.ts';
import { ConfirmerWorker } from '../scan/work/confirmer-worker.ts';
import { ErrandWorker } from '../scan/work/errand-worker.ts';
import { FollowerWorker } from '../scan/work/follower-worker.ts';
import { BatchWorker } from '../scan/work/batch/batch-worker.ts';
import type { RuleBook } from '../scan/rule-book.ts';
import { Rules } from '../scan/rules.ts';
import type { WorkParts } from '../scan/work/parts.ts';
import { RequestWorker } from '../scan/work/request-worker.ts';
import { Sources } from '../scan/work/sources.ts';
import { SearchWorker } from '../scan/work/search-worker.ts';
import type { BotToken } from '../teams/bearer-call.ts';
import { ChannelRoster } from '../teams/channel-roster.ts';
import { openTeams } from '../teams/teams.ts';
import type { Teams, TeamsSettings } from '../teams/teams.ts';
import { findingFor } from './finding-for.ts';
import type { House } from './house.ts';
import { newId } from './house.ts';
import { alertsFor, connectorFor, desksFor, groupsFor, sharing, tokensFor, tokenServiceFor } from './openings.ts';
import { readinessOf } from './readiness.ts';
import { ruleBookFor } from './rule-book-for.ts';
import { watchOf } from './watch.ts';
import { watchedTokens } from './watching/watched-tokens.ts';

export interface Rooms {
  readonly teams: Teams;
  readonly workers: Readonly<Record<WorkKind, Worker>>;
  /** Somebody, perhaps anybody, signed out at another replica. */
  readonly signedOut: (who: PersonId | 'anybody') => void;
}

/** Opens the doors between the rooms: what one needs of another goes in here and nowhere else. */
export function openRooms(house: House, entra: Entra, hasLooked: () => boolean): Rooms {
  const { config, clock, net, store } = house;
  const botToken: BotToken = (fresh) => entra.appTokens.connectorToken({ fresh: fresh === true });
  const tokenService = tokenServiceFor(house, botToken);
  const tokens = watchedTokens(tokensFor(entra, tokenService), house.metrics);
  const connector = connectorFor(house, botToken);
  const toDefender = defenderSettings(house, entra, tokens);
  const defender = new DefenderInPersonsName(toDefender);
  const groups = groupsFor(house, tokens);
  const ruleBook = ruleBookFor(house, groups);
  const rules = new Rules({ store, clock, judge: ruleBook });
  const check = { roster: new ChannelRoster(connector), groups, defender, clock };
  const desk = desksFor(house, { rules, check, lists: defender, ruleBook });
  const port = new DefenderEndingSources(toDefender);
  const parts = workParts(house, { defender, rules, port, alerts: alertsFor(house, tokens) });
  const { signedOut, ...finding } = findingFor(house, defender, tokens);
  const needs = {
    ...finding,
    clock,
    net,
    store,
    desk,
    alerts: parts.alerts,
    tokenService,
    connector,
    ...sharing(house),
    newId,
    ready: readinessOf({ store, hasLooked, log: house.log }),
    watch: watchOf(house),
  };
  const teams = openTeams(teamsSettings(config), needs);
  const workers = {
    ...workersFor(parts, ruleBook),
    batch: new BatchWorker({ ...parts, ruleBook, calls: house.calls, lists: defender, newId }),
    message: teams.delivery,
  };
  return { teams, workers, signedOut };
}

function workersFor(parts: WorkParts, ruleBook: RuleBook): Omit<Rooms['workers'], 'batch' | 'message'> {
  return {
    request: new RequestWorker(parts),
    errand: new ErrandWorker({ ...parts, ruleBook }),
    follower: new FollowerWorker(parts),
    confirmer: new ConfirmerWorker(parts),
    search: new SearchWorker(parts),
  };
}

function defenderSettings(house: House, entra: Entra, tokens: DefenderTokens): DefenderSettings {
  const { net, clock, config } = house;
  return {
    baseUrl: config.endpoints.defenderUrl,
    net,
    clock,
    budget: new StoreCallBudget(house.calls),
    tokens: {
      token: (person, want, options) => tokens.token(person, want, options),
      accounts: (person) => tokens.accounts(person),
      application: (options) => entra.appTokens.defenderAppToken(options),
    },
  };
}

type Asked = Pick<WorkParts, 'defender' | 'rules' | 'alerts'> & { readonly port: DefenderEndingSources };

function workParts(house: House, { port, ...asked }: Asked): WorkParts {
  const { store, clock, config, log } = house;
  return {
    sources: new Sources({ port, clock, note: missingSource(log) }),
    ...asked,
    store,
    clock,
    settings: {
      decideWithin: config.approvalExpiresMs,
      pollEvery: config.statusPollMs,
      statusReader: config.statusReader,
      cancelComment: (person) => cancelComment(localeOf(person)),
      newId,
      noteOdd: (facts, what) => {
        log.warn(facts, `Defender shows ${what}`);
      },
    },
  };
}

function teamsSettings(config: Config): TeamsSettings {
  const { appId, tenantId, endpoints, oauthConnection, allowedTeams, allowedChannels } = config;
  const { channelDetail, channelLanguage } = config;
  const { openIdMetadataUrl, botIssuer, serviceHosts, portalUrl } = endpoints;
  return {
    trust: { appId, tenantId, openIdMetadataUrl, issuer: botIssuer, serviceHosts },
    look: { channelDetail, channelLanguage, portal: portalUrl },
    connection: oauthConnection,
    allowed: { teams: allowedTeams, channels: allowedChannels },
  };
}

/** Once for each source and reason: the operator can mend it, and nobody has to. */
function missingSource(log: Log): (source: EndingSource, refusal: Refusal) => void {
  return (source, refusal) => {
    const facts = { source, ...refusal };
    log.warn(facts, 'Defender does not show here how scans ended: no permission or no licence. Scans work without');
  };
}
