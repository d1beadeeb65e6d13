import { StoreCallBudget } from '../defender/call-budget.ts';
import { DefenderAlerts } from '../defender/alerts.ts';
import type { Entra } from '../entra/entra.ts';
import { GroupMembership } from '../entra/group-membership.ts';
import type { DefenderTokens } from '../entra/on-behalf-of.ts';
import { ApproverCheck } from '../scan/approver-check.ts';
import { BatchDesk } from '../scan/batch/batch-desk.ts';
import type { BatchDeskParts } from '../scan/batch/batch-desk.ts';
import { ScanDesk } from '../scan/desk.ts';
import { Desks } from '../scan/desks.ts';
import { LONGEST_CALL } from '../scan/moves.ts';
import type { Groups } from '../scan/ports.ts';
import type { Rules } from '../scan/rules.ts';
import type { BotToken } from '../teams/bearer-call.ts';
import { Connector } from '../teams/connector.ts';
import { OwnCount } from '../teams/own-count.ts';
import type { TeamsNeeds } from '../teams/teams.ts';
import { TokenService } from '../teams/token-service.ts';
import type { House } from './house.ts';
import { newId } from './house.ts';
import { keptSignIn } from './kept-sign-in.ts';

export function tokensFor(entra: Entra, tokenService: TokenService): DefenderTokens {
  return entra.defenderTokens({
    assertionOf: (person) => keptSignIn(tokenService, person),
    signOut: async (person) => {
      await tokenService.signOut(person.teamsId);
    },
  });
}

export function tokenServiceFor({ config, net }: House, botToken: BotToken): TokenService {
  const { appId, endpoints, oauthConnection: connection } = config;
  return new TokenService({ url: endpoints.tokenServiceUrl, appId, connection }, net, botToken);
}

export function connectorFor({ config, net, clock }: House, token: BotToken): Connector {
  return new Connector({ net, token, clock, serviceHosts: config.endpoints.serviceHosts });
}

type DeskNeeds = Pick<BatchDeskParts, 'check' | 'lists' | 'ruleBook'> & { readonly rules: Rules };

export function desksFor({ store, clock, config }: House, needs: DeskNeeds): Desks {
  const { rules, check } = needs;
  const settings = { decideWithin: config.approvalExpiresMs, newId };
  const single = new ScanDesk({ store, clock, settings, rules, check: new ApproverCheck(check) });
  return new Desks(single, new BatchDesk({ store, clock, newId, ...needs }));
}

/** Asked in the person's own name, like everything else. */
export function groupsFor({ net, config, log }: House, tokens: Pick<DefenderTokens, 'token'>): Groups {
  const { graphUrl } = config.endpoints;
  return new GroupMembership({ net, log, graphUrl, token: (person) => tokens.token(person, 'groups') });
}

/** By a right of its own: a token request that is refused touches no scan. */
export function alertsFor({ net, clock, config, calls }: House, tokens: DefenderTokens): DefenderAlerts {
  return new DefenderAlerts({
    baseUrl: config.endpoints.defenderUrl,
    net,
    clock,
    budget: new StoreCallBudget(calls),
    timeoutMs: LONGEST_CALL,
    token: (person, options) => tokens.token(person, 'alerts', options),
  });
}

/** Whoever shares the store with nobody need not write down what goes to Teams in order to count it. */
export function sharing({ config, calls, teamsPace }: House): Pick<TeamsNeeds, 'calls' | 'pace' | 'isShared'> {
  const isShared = config.storage.databaseUrl !== undefined;
  return { calls: isShared ? calls : new OwnCount(), pace: teamsPace, isShared };
}
