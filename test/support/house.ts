import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createNet } from '../../src/net/request.ts';
import type { Pace } from '../../src/sandbox/defender/stand-in-action.ts';
import { USUAL_PACE } from '../../src/sandbox/defender/stand-in-action.ts';
import { DefenderStandIn } from '../../src/sandbox/defender/stand-in.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { TeamsStandIn } from '../../src/sandbox/teams/stand-in.ts';
import type { CallLimit } from '../../src/scan/ports.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import type { Time } from '../../src/scan/ids.ts';
import { SECOND } from '../../src/scan/time.ts';
import type { Place as StorePlace } from '../../src/store/commands/command.ts';
import { withPlace } from '../../src/store/commands/open-place.ts';
import type { OpenPlace } from '../../src/store/commands/open-place.ts';
import { counts } from '../../src/store/counts.ts';
import { APP_ID, people, TENANT } from './cast.ts';
import { FakeClock } from './fake-clock.ts';

/** Defender's calls as the stand-in saw them: method and path without its query. */
export type Called = `${string} ${string}`;

/** What was not yet written when time passed is due a little later. */
const LATE = 15 * SECOND;
const MOST_LATE = 60 * SECOND;
/** On the wall. */
const A_MOMENT = 3000;

const SHORT_SCANS: Pace = { ...USUAL_PACE, quick: 40 * SECOND, full: 70 * SECOND };

/** The whole bot between real servers that play the outside. Time passes by the test's word. */
export class House {
  readonly clock: FakeClock;
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly defender: DefenderStandIn;
  readonly lines: string[] = [];
  /** Time that stands still would hold up everything after the first few messages: none, unless a test sets one. */
  teamsPace: readonly CallLimit[] = [];
  readonly #env: Readonly<Record<string, string>>;
  readonly #dataDir: string;
  #app: App | undefined;

  private constructor(parts: Pick<House, 'clock' | 'entra' | 'teams' | 'defender'>, env: Record<string, string>) {
    this.clock = parts.clock;
    this.entra = parts.entra;
    this.teams = parts.teams;
    this.defender = parts.defender;
    this.#dataDir = mkdtempSync(join(tmpdir(), 'scan-bot-'));
    this.#env = env;
  }

  /** Scans are over within two minutes, unless a test wants the `USUAL_PACE`. */
  static async open(
    env: Record<string, string> = {},
    pace: Pace = SHORT_SCANS,
    devicesAt?: (now: Time) => readonly StandInDevice[],
  ): Promise<House> {
    const clock = new FakeClock();
    const devices = devicesAt === undefined ? {} : { devices: devicesAt(clock.now()) };
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
    const defender = await DefenderStandIn.start({ verifyToken, people, clock, pace, ...devices });
    const house = new House({ clock, entra, teams, defender }, env);
    await house.start();
    return house;
  }

  get #config(): Config {
    const reading = readConfig({
      PORT: '0',
      MicrosoftAppId: APP_ID,
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppPassword: SANDBOX_SECRET,
      ENTRA_LOGIN_URL: this.entra.url,
      GRAPH_API_URL: this.entra.url,
      BOT_OPENID_METADATA_URL: this.teams.openIdMetadataUrl,
      BOT_TOKEN_SERVICE_URL: this.teams.tokenServiceUrl,
      DEFENDER_API_URL: this.defender.url,
      TEAMS_SERVICE_HOSTS: new URL(this.teams.serviceUrl).host,
      DATA_DIR: this.#dataDir,
      LOG_LEVEL: 'debug',
      ...this.#env,
    });
    assert.ok(reading.ok, JSON.stringify(reading));
    return reading.config;
  }

  /** Starts the bot, or starts it again on the same store. */
  async start(): Promise<void> {
    const log = createLog('debug', { write: (line) => void this.lines.push(line) });
    const net = createNet({ extraCa: this.entra.caPem });
    const started = await startApp(this.#config, { clock: this.clock, log, net, teamsPace: this.teamsPace });
    assert.ok(started.ok);
    this.#app = started.app;
    this.teams.botUrl = `http://127.0.0.1:${started.app.port}/api/messages`;
  }

  /** As SIGHUP does. */
  reloadPolicy(): void {
    this.#app?.reloadPolicy();
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#app?.port ?? 0}`;
  }

  /** As a command finds it. */
  get store(): StorePlace {
    return { dataDir: this.#dataDir, databaseUrl: undefined };
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all([this.teams.close(), this.defender.close(), this.entra.close()]);
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** Waits until the newest card in the place says this (without its symbol). */
  async shows(title: string, place?: Place): Promise<void> {
    const { driver } = this.teams;
    await driver.until(() => driver.titles(place).at(-1)?.endsWith(title), `a card that says "${title}"`);
  }

  /** Lets time pass until the newest card says this: so much, and a little more where the bot was busy meanwhile. */
  async passes(ms: number, title: string, place?: Place): Promise<void> {
    const { driver } = this.teams;
    const isShown = (): boolean => driver.titles(place).at(-1)?.endsWith(title) === true;
    this.clock.advance(ms);
    for (let late = 0; late < MOST_LATE; late += LATE) {
      const seen = await driver.until(isShown, title, A_MOMENT).catch(() => false);
      if (seen) return;
      this.clock.advance(LATE);
    }
    await this.shows(title, place);
  }

  /** Waits until nothing is due and nothing is in the bot's hands. */
  async comesToRest(): Promise<void> {
    await withPlace(this.store, async ({ db }) => {
      while (await isBusy(db, this.clock.now())) await new Promise(setImmediate);
    });
  }

  /** Starts of scans that reached Defender. */
  starts(): readonly unknown[] {
    return this.defender.wire.entries.filter(({ path }) => path.endsWith('/runAntiVirusScan'));
  }
}

async function isBusy(db: OpenPlace['db'], now: Time): Promise<boolean> {
  const { queues } = await counts(db, now);
  return queues.some(({ due }) => due > 0);
}
