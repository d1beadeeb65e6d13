import { writeFileSync } from 'node:fs';
import { DefenderStandIn } from '../defender/stand-in.ts';
import { SANDBOX_SECRET } from '../entra/client-proof.ts';
import { EntraStandIn } from '../entra/entra-stand-in.ts';
import type { WireLine as EntraLine } from '../entra/wire-log.ts';
import type { ChannelKeys } from '../teams/channel-keys.ts';
import { wallClock } from '../teams/clock.ts';
import type { AssertionFor } from '../teams/sign-ins.ts';
import { TeamsStandIn } from '../teams/stand-in.ts';
import { BotProcess } from './bot-process.ts';
import { APP_ID, PEOPLE, TENANT } from './people.ts';
import type { SandboxPace } from './pace.ts';

export interface TownOptions {
  /** Where the bot keeps its store. */
  readonly dataDir: string;
  /** Where the authority of the Entra stand-in is written to. */
  readonly caFile: string;
  readonly pace: SandboxPace;
  readonly keys: ChannelKeys;
  /** `PATH` and the like, without which no process starts. */
  readonly baseEnv: Readonly<Record<string, string>>;
  readonly onLogLine: (line: string) => void;
  readonly onEntraWire: (line: EntraLine) => void;
}

export interface Outside {
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
}

/** The shortest that the bot accepts would fill the wire log and Defender's quota. */
const POLL_SECONDS = '2';

/** Microsoft's side on this machine, and the bot in the middle of it. */
export class Town implements Outside {
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
  readonly bot: BotProcess;
  /** What the bot was started with. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(outside: Outside, bot: BotProcess, env: Readonly<Record<string, string>>) {
    this.entra = outside.entra;
    this.teams = outside.teams;
    this.defender = outside.defender;
    this.bot = bot;
    this.env = env;
  }

  /** Resolves when the bot takes turns. */
  static async open(options: TownOptions): Promise<Town> {
    const outside = await openOutside(options);
    const { caFile, baseEnv, dataDir: folder, onLogLine: onLine } = options;
    writeFileSync(caFile, outside.entra.caPem, { mode: 0o600 });
    const env = { ...baseEnv, ...botEnv(outside, options) };
    const bot = new BotProcess({ env, folder, onLine });
    const town = new Town(outside, bot, env);
    try {
      outside.teams.botUrl = `http://127.0.0.1:${await bot.port}/api/messages`;
      return town;
    } catch (fault) {
      await town.close();
      throw fault;
    }
  }

  async close(): Promise<void> {
    await this.bot.stop();
    await Promise.all([this.teams.close(), this.defender.close(), this.entra.close()]);
  }
}

async function openOutside({ pace, keys, onEntraWire: onWire }: TownOptions): Promise<Outside> {
  const [tenantId, appId, people, clock] = [TENANT, APP_ID, PEOPLE, wallClock];
  const entra = await EntraStandIn.start({ tenantId, appId, people, clock, onWire });
  const verifyToken = (token: string): ReturnType<EntraStandIn['verifyDefenderToken']> =>
    entra.verifyDefenderToken(token);
  const [teams, defender] = await Promise.all([
    TeamsStandIn.start({
      appId,
      tenantId,
      people,
      keys,
      clock,
      teamName: 'Security Operations',
      assertionFor: assertions(entra),
      verifyBotToken: (token) => entra.verifyBotToken(token),
    }),
    DefenderStandIn.start({ verifyToken, people, clock, pace }),
  ]);
  return { entra, teams, defender };
}

/** Who is asked for a second factor gives it in the sign-in window; the silent road cannot. */
function assertions(entra: EntraStandIn): AssertionFor {
  return (oid, overrides = {}) => {
    const isSilent = 'azp' in overrides || 'amr' in overrides;
    const asked = entra.moods.mfaAsked.has(oid) && !isSilent;
    return entra.assertionFor(oid, asked ? { ...overrides, amr: ['pwd', 'mfa'] } : overrides);
  };
}

/** What an operator would set, but for this machine. */
function botEnv({ entra, teams, defender }: Outside, options: TownOptions): Readonly<Record<string, string>> {
  return {
    PORT: '0',
    MicrosoftAppId: APP_ID,
    MicrosoftAppTenantId: TENANT,
    MicrosoftAppPassword: SANDBOX_SECRET,
    ENTRA_LOGIN_URL: entra.url,
    GRAPH_API_URL: entra.url,
    BOT_OPENID_METADATA_URL: teams.openIdMetadataUrl,
    BOT_TOKEN_SERVICE_URL: teams.tokenServiceUrl,
    DEFENDER_API_URL: defender.url,
    TEAMS_SERVICE_HOSTS: new URL(teams.serviceUrl).host,
    NODE_EXTRA_CA_CERTS: options.caFile,
    DATA_DIR: options.dataDir,
    STATUS_POLL_SECONDS: POLL_SECONDS,
    LOG_LEVEL: 'debug',
  };
}
