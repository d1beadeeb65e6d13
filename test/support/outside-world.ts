import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../src/app/clock.ts';
import { faster, USUAL_PACE } from '../../src/sandbox/defender/stand-in-action.ts';
import type { Pace } from '../../src/sandbox/defender/stand-in-action.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import { DefenderStandIn } from '../../src/sandbox/defender/stand-in.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { TeamsStandIn } from '../../src/sandbox/teams/stand-in.ts';
import type { Time } from '../../src/scan/ids.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { TimeLapse } from '../../torture/time/lapse.ts';
import { BotProcess } from './bot-process.ts';
import { APP_ID, people, TENANT } from './cast.ts';
import { Gate } from './gate.ts';

/** Defender calls a scan succeeded two seconds after its start, and soon after that it is over. */
const PACE: Pace = { ...faster(USUAL_PACE, 15), quick: 2 * SECOND, full: 2 * SECOND };

/** Where time passes faster, the world keeps its usual proportions. */
const LAPSED_PACE: Pace = { ...USUAL_PACE, quick: 45 * SECOND, full: 90 * SECOND };
const HOOK = resolve(import.meta.dirname, '../../torture/time/hook.ts');

export interface OutsideOptions {
  /** Time that passes faster, for the bot and everything around it. */
  readonly lapse?: TimeLapse;
  readonly devices?: (now: Time) => readonly StandInDevice[];
}

interface Parts {
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
  /** Between the bot and Defender. */
  readonly toDefender: Gate;
  /** Between Teams and the bot. */
  readonly toBot: Gate;
  readonly lapse: TimeLapse | undefined;
}

/** Everything around a bot that is a process of its own, by the clock on the wall or faster. */
export class OutsideWorld {
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
  readonly toDefender: Gate;
  readonly toBot: Gate;
  readonly #lapse: TimeLapse | undefined;
  readonly #dir = mkdtempSync(join(tmpdir(), 'scan-bot-process-'));
  readonly #started: BotProcess[] = [];

  private constructor(parts: Parts) {
    this.entra = parts.entra;
    this.teams = parts.teams;
    this.defender = parts.defender;
    this.toDefender = parts.toDefender;
    this.toBot = parts.toBot;
    this.#lapse = parts.lapse;
    this.teams.botUrl = `${this.toBot.url}/api/messages`;
    writeFileSync(join(this.#dir, 'ca.pem'), this.entra.caPem);
  }

  static async open({ lapse, devices }: OutsideOptions = {}): Promise<OutsideWorld> {
    const clock = lapse ?? systemClock;
    const entra = await EntraStandIn.start({ tenantId: TENANT, appId: APP_ID, people, clock });
    const teams = await TeamsStandIn.start({
      appId: APP_ID,
      tenantId: TENANT,
      people,
      assertionFor: (oid, overrides) => entra.assertionFor(oid, overrides),
      verifyBotToken: (token) => entra.verifyBotToken(token),
      clock,
    });
    const verifyToken = (token: string): ReturnType<EntraStandIn['verifyDefenderToken']> =>
      entra.verifyDefenderToken(token);
    const defender = await DefenderStandIn.start({
      verifyToken,
      people,
      clock,
      pace: lapse === undefined ? PACE : LAPSED_PACE,
      ...(devices !== undefined && { devices: devices(clock.now()) }),
    });
    const [toDefender, toBot] = await Promise.all([Gate.open(defender.url), Gate.open()]);
    return new OutsideWorld({ entra, teams, defender, toDefender, toBot, lapse });
  }

  /** What the bot is told by its environment. */
  get env(): Readonly<Record<string, string>> {
    return {
      PORT: '0',
      MicrosoftAppId: APP_ID,
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppPassword: SANDBOX_SECRET,
      ENTRA_LOGIN_URL: this.entra.url,
      GRAPH_API_URL: this.entra.url,
      BOT_OPENID_METADATA_URL: this.teams.openIdMetadataUrl,
      BOT_TOKEN_SERVICE_URL: this.teams.tokenServiceUrl,
      DEFENDER_API_URL: this.toDefender.url,
      TEAMS_SERVICE_HOSTS: new URL(this.teams.serviceUrl).host,
      DATA_DIR: join(this.#dir, 'data'),
      NODE_EXTRA_CA_CERTS: join(this.#dir, 'ca.pem'),
      ...(this.#lapse === undefined
        ? { STATUS_POLL_SECONDS: '1', LOG_LEVEL: 'trace' }
        : { LOG_LEVEL: 'info', ...this.#lapse.env }),
    };
  }

  /** Starts the bot without waiting for it. */
  runs(env: Readonly<Record<string, string>> = this.env): BotProcess {
    const bot = BotProcess.run(env, this.#dir, this.#lapse === undefined ? [] : [HOOK]);
    this.#started.push(bot);
    return bot;
  }

  /** Starts the bot, always on the same store; Teams finds it from then on. */
  async starts(): Promise<BotProcess> {
    const bot = this.runs();
    this.toBot.target = `http://127.0.0.1:${await bot.listening()}`;
    return bot;
  }

  /** How many messages the bot has begun to answer, as its own metrics count them. */
  async turnsTaken(): Promise<number> {
    const metrics = await (await fetch(`${this.toBot.target}/metrics`)).text();
    return Number(/^scanbot_turns_total\{kind="message"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  }

  /** Everything that any bot has written here so far. */
  get output(): string {
    return this.#started.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map((bot) => bot.killed()));
    await Promise.all([this.toBot, this.toDefender, this.teams, this.defender, this.entra].map((one) => one.close()));
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
