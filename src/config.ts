import type { CloudName } from './config/clouds.ts';
import { readCredential } from './config/credential.ts';
import type { Credential } from './config/credential.ts';
import { readEndpoints, warningsAbout } from './config/endpoints.ts';
import type { Endpoints } from './config/endpoints.ts';
import { Environment } from './config/environment.ts';
import type { Fault } from './config/environment.ts';
import { readApproval } from './config/approval.ts';
import { readChannelLanguage } from './config/language.ts';
import { readPolicySource } from './config/policy.ts';
import { readStorage, storageWarnings } from './config/storage.ts';
import type { Storage } from './config/storage.ts';
import { readTracesEndpoint } from './config/traces.ts';
import { LOG_LEVELS } from './log.ts';
import type { LogLevel } from './log.ts';
import type { PeopleDemand } from './scan/demand.ts';
import type { PolicySource } from './policy/policy-in-force.ts';
import { MINUTE, SECOND } from './scan/time.ts';

export interface Config {
  readonly port: number;
  readonly metricsPort: number | undefined;
  readonly appId: string;
  readonly tenantId: string;
  readonly credential: Credential;
  readonly oauthConnection: string;
  readonly cloud: CloudName;
  readonly endpoints: Endpoints;
  readonly storage: Storage;
  /** The rules, and the file that they are in; `undefined` where nobody wrote any. */
  readonly policy: PolicySource | undefined;
  /** What `APPROVAL` asks for; `undefined` when whoever asks also confirms. */
  readonly approval: PeopleDemand | undefined;
  /** Where the bot answers; `undefined` is everywhere in the tenant. */
  readonly allowedTeams: readonly string[] | undefined;
  readonly allowedChannels: readonly string[] | undefined;
  readonly channelDetail: 'minimal' | 'full';
  /** What a shared card speaks; without it, the language of who asked. */
  readonly channelLanguage: string | undefined;
  readonly approvalExpiresMs: number;
  readonly statusReader: 'requester' | 'application';
  readonly statusPollMs: number;
  readonly logLevel: LogLevel;
  /** The collector that traces go to. */
  readonly tracesEndpoint: string | undefined;
}

export type ConfigReading =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const HIGHEST_PORT = 65_535;
const LONGEST_EXPIRY_MINUTES = 10_080;
const LONGEST_POLL_SECONDS = 3600;

/** The environment as a Config, or everything that is wrong with it. */
export function readConfig(values: Readonly<Record<string, string | undefined>>): ConfigReading {
  const env = new Environment(values);
  const identity = readIdentity(env);
  const credential = readCredential(env);
  const where = readEndpoints(env);
  const config = { ...readPorts(env), ...identity, ...where, ...readConduct(env) };
  const storage = readStorage(env);
  const { policy, warnings: doubts } = readPolicySource(env);
  if (credential === undefined || env.faults.length > 0) return { ok: false, faults: env.faults };
  const warnings = [...warningsAbout(where.endpoints), ...storageWarnings(storage), ...doubts];
  return { ok: true, config: { ...config, credential, storage, policy }, warnings };
}

/** What an operator reads: every problem, its variable, and what to do. */
export function describeFaults(faults: readonly Fault[]): string {
  const count = faults.length === 1 ? '1 problem' : `${faults.length} problems`;
  const lines = faults.map(({ variable, fault, remedy }) => `  ${variable} ${fault}.\n    ${remedy}`);
  return [`Scan Bot does not start: ${count} in its configuration.`, ...lines].join('\n');
}

function readIdentity(env: Environment): Pick<Config, 'appId' | 'tenantId' | 'oauthConnection'> {
  if ((env.text('MicrosoftAppType') ?? 'SingleTenant') !== 'SingleTenant') {
    const remedy = 'Set it to SingleTenant or remove it; the app registration must be single tenant too.';
    env.fault('MicrosoftAppType', 'is not SingleTenant', remedy);
  }
  return {
    appId: env.guid('MicrosoftAppId', 'the application (client) id of the app registration'),
    tenantId: env.guid('MicrosoftAppTenantId', 'the directory (tenant) id of the only tenant to serve'),
    oauthConnection: env.text('OAUTH_CONNECTION_NAME') ?? 'defender',
  };
}

function readPorts(env: Environment): Pick<Config, 'port' | 'metricsPort'> {
  const port = env.whole('PORT', 0, HIGHEST_PORT) ?? 3978;
  const metricsPort = env.whole('METRICS_PORT', 0, HIGHEST_PORT);
  if (metricsPort !== undefined && metricsPort === port && port !== 0) {
    env.fault('METRICS_PORT', 'is the same as PORT', 'Choose another port, or remove it to have /metrics on PORT.');
  }
  return { port, metricsPort };
}

type Conduct = Pick<
  Config,
  | 'approval'
  | 'allowedTeams'
  | 'allowedChannels'
  | 'channelDetail'
  | 'channelLanguage'
  | 'approvalExpiresMs'
  | 'statusReader'
  | 'statusPollMs'
  | 'logLevel'
  | 'tracesEndpoint'
>;

function readConduct(env: Environment): Conduct {
  return {
    approval: readApproval(env),
    allowedTeams: env.list('ALLOWED_TEAMS', 'team ids'),
    allowedChannels: env.list('ALLOWED_CHANNELS', 'channel ids'),
    channelDetail: env.word('CHANNEL_DETAIL', ['minimal', 'full']),
    channelLanguage: readChannelLanguage(env),
    approvalExpiresMs: (env.whole('APPROVAL_EXPIRES_MINUTES', 1, LONGEST_EXPIRY_MINUTES) ?? 60) * MINUTE,
    statusReader: env.word('STATUS_READER', ['requester', 'application']),
    statusPollMs: (env.whole('STATUS_POLL_SECONDS', 1, LONGEST_POLL_SECONDS) ?? 15) * SECOND,
    logLevel: env.word('LOG_LEVEL', LOG_LEVELS),
    tracesEndpoint: readTracesEndpoint(env),
  };
}
