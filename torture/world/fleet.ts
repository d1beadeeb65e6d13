import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import { BotProcess } from '../../test/support/bot-process.ts';
import { APP_ID, TENANT } from '../../test/support/cast.ts';
import { Replicas } from '../../test/support/replicas.ts';
import { WITHOUT } from '../guards/guards.ts';
import type { Scenario } from '../scenario.ts';
import type { TimeLapse } from '../time/lapse.ts';
import type { Outside } from './outside.ts';

const HOOKS = ['../time/hook.ts', '../guards/hook.ts'].map((file) => resolve(import.meta.dirname, file));
/** Compiled code outlives the bots: they start in half the time. */
const COMPILED = resolve(import.meta.dirname, '../../build/torture/compiled');

export interface FleetParts {
  readonly scenario: Scenario;
  readonly lapse: TimeLapse;
  readonly outside: Outside;
  readonly databaseUrl: string | undefined;
  /** The name of the guard that is taken out of every bot. */
  readonly without: string | undefined;
}

/** The bots, as processes of their own, behind one address. */
export class Fleet {
  readonly replicas: Replicas;
  readonly #dir = mkdtempSync(join(tmpdir(), 'scan-bot-torture-'));
  readonly #parts: FleetParts;
  readonly #running = new Set<BotProcess>();

  private constructor(replicas: Replicas, parts: FleetParts) {
    this.replicas = replicas;
    this.#parts = parts;
    parts.outside.teams.botUrl = `${replicas.url}/api/messages`;
    // Nobody outlives whoever started it, however that ends.
    process.once('exit', () => {
      for (const bot of this.#running) bot.kill();
    });
    writeFileSync(join(this.#dir, 'ca.pem'), parts.outside.entra.caPem);
  }

  static async open(parts: FleetParts): Promise<Fleet> {
    return new Fleet(await Replicas.open(), parts);
  }

  get dataDir(): string {
    return join(this.#dir, 'data');
  }

  /** A new process on the same store; it takes no calls before it is added to the replicas. */
  run(): BotProcess {
    const bot = BotProcess.run(this.#env(), this.#dir, HOOKS);
    this.#running.add(bot);
    void bot.ended().then(() => this.#running.delete(bot));
    return bot;
  }

  /** Where the store is, for those who look into it from outside. */
  get place(): Readonly<Record<string, string>> {
    const { databaseUrl } = this.#parts;
    return { DATA_DIR: this.dataDir, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  }

  async close(): Promise<void> {
    await this.replicas.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  #env(): Readonly<Record<string, string>> {
    const { outside, lapse, scenario, without } = this.#parts;
    return {
      PORT: '0',
      MicrosoftAppId: APP_ID,
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppPassword: SANDBOX_SECRET,
      ENTRA_LOGIN_URL: outside.entra.url,
      BOT_OPENID_METADATA_URL: outside.teams.openIdMetadataUrl,
      BOT_TOKEN_SERVICE_URL: outside.teams.tokenServiceUrl,
      DEFENDER_API_URL: outside.line.url,
      TEAMS_SERVICE_HOSTS: new URL(outside.teams.serviceUrl).host,
      ...this.place,
      NODE_EXTRA_CA_CERTS: join(this.#dir, 'ca.pem'),
      NODE_COMPILE_CACHE: COMPILED,
      STATUS_READER: scenario.reader,
      LOG_LEVEL: 'info',
      ...lapse.env,
      ...(without !== undefined && { [WITHOUT]: without }),
    };
  }
}
