import type { Config } from '../config.ts';
import { openEntra } from '../entra/entra.ts';
import type { Entra } from '../entra/entra.ts';
import type { Outside } from './house.ts';

/** Entra, as the configuration says who the bot is. */
export function entraFor(config: Config, outside: Outside): Entra {
  const { appId, tenantId, credential, endpoints } = config;
  const { loginUrl, connectorScope, defenderAudience, graphAudience } = endpoints;
  const scopes = { connectorScope, defenderAudience, graphAudience };
  return openEntra({ app: { loginUrl, tenantId, appId }, credential, scopes }, outside);
}
