import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/app/clock.ts';
import { actionJson } from '../../src/sandbox/defender/stand-in-action.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { HttpServer } from '../../src/sandbox/http.ts';
import type { HttpAnswer, HttpCall } from '../../src/sandbox/http.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import { TeamsStandIn } from '../../src/sandbox/teams/stand-in.ts';
import { openStore } from '../../src/store/open-store.ts';
import { BotProcess } from '../../test/support/bot-process.ts';
import { APP_ID, TENANT } from '../../test/support/cast.ts';
import { openScan, peopleNumbered } from './scans.ts';

const QUIET = { info: () => undefined, warn: () => undefined };

/** Entra and Teams as in the sandbox, and a Defender that knows nothing but scans that wait. */
export class World {
  readonly #entra: EntraStandIn;
  readonly #teams: TeamsStandIn;
  readonly #dir = mkdtempSync(join(tmpdir(), 'scan-bot-bench-'));
  readonly #people: readonly SandboxPerson[];
  #defender: HttpServer | undefined;
  /** How often Defender was asked for its scans. */
  looks = 0;

  private constructor(people: readonly SandboxPerson[], entra: EntraStandIn, teams: TeamsStandIn) {
    this.#people = people;
    this.#entra = entra;
    this.#teams = teams;
    writeFileSync(join(this.#dir, 'ca.pem'), entra.caPem);
  }

  static async open(requesters: number): Promise<World> {
    const people = peopleNumbered(requesters);
    const entra = await EntraStandIn.start({ tenantId: TENANT, appId: APP_ID, people });
    const teams = await TeamsStandIn.start({
      appId: APP_ID,
      tenantId: TENANT,
      people,
      assertionFor: (oid, overrides) => entra.assertionFor(oid, overrides),
      verifyBotToken: (token) => entra.verifyBotToken(token),
    });
    for (const { handle } of people) await teams.driver.isSignedIn(handle);
    return new World(people, entra, teams);
  }

  /** A store with so many open scans in it, and a Defender that has them too. */
  async fill(name: string, scans: number): Promise<void> {
    const people = this.#people;
    const store = await openStore({
      dataDir: join(this.#dir, name),
      databaseUrl: undefined,
      clock: systemClock,
      log: QUIET,
    });
    const actions: unknown[] = [];
    for (let nth = 0; nth < scans; nth += 1) {
      const person = people[nth % people.length];
      if (person === undefined) break;
      const { action, write } = openScan(nth, person, this.#teams.serviceUrl);
      actions.push(actionJson(action));
      await store.commit(write);
    }
    await store.close();
    await this.#defenderWith(actions);
  }

  /** All on one page: the text is made once, so that the bench itself costs little. */
  async #defenderWith(actions: readonly unknown[]): Promise<void> {
    const [full, empty] = [actions, []].map((value) => JSON.stringify({ value }));
    const answer = ({ query }: HttpCall): HttpAnswer => {
      const isFirst = !query.has('$skip');
      if (isFirst) this.looks += 1;
      const text = (isFirst ? full : empty) ?? '';
      return { kind: 'text', status: 200, text, headers: { 'content-type': 'application/json' } };
    };
    this.#defender = await HttpServer.start({ routes: [{ method: 'GET', path: '/api/machineactions', answer }] });
  }

  run(name: string, env: Readonly<Record<string, string>>): BotProcess {
    return BotProcess.run(
      {
        PORT: '0',
        MicrosoftAppId: APP_ID,
        MicrosoftAppTenantId: TENANT,
        MicrosoftAppPassword: SANDBOX_SECRET,
        ENTRA_LOGIN_URL: this.#entra.url,
        BOT_OPENID_METADATA_URL: this.#teams.openIdMetadataUrl,
        BOT_TOKEN_SERVICE_URL: this.#teams.tokenServiceUrl,
        DEFENDER_API_URL: this.#defender?.url ?? '',
        TEAMS_SERVICE_HOSTS: new URL(this.#teams.serviceUrl).host,
        DATA_DIR: join(this.#dir, name),
        NODE_EXTRA_CA_CERTS: join(this.#dir, 'ca.pem'),
        ...env,
      },
      this.#dir,
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#entra.close(), this.#teams.close(), this.#defender?.close()]);
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
