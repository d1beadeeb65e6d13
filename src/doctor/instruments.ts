import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { systemClock } from '../app/clock.ts';
import { entraFor } from '../app/entra-for.ts';
import { keptSignIn } from '../app/kept-sign-in.ts';
import type { Config } from '../config.ts';
import { DefenderInPersonsName } from '../defender/in-persons-name.ts';
import type { AppTokens } from '../entra/app-tokens.ts';
import type { Entra } from '../entra/entra.ts';
import type { DefenderTokens } from '../entra/on-behalf-of.ts';
import { createLog } from '../log.ts';
import { createNet } from '../net/request.ts';
import type { Net } from '../net/request.ts';
import type { PersonId, ThreadId } from '../scan/ids.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Clock, Defender } from '../scan/ports.ts';
import { glance } from '../store/commands/glance.ts';
import { TokenService } from '../teams/token-service.ts';
import type { AskConnection } from './checks/connection.ts';
import type { SignedIn } from './checks/person.ts';

/** What the checks look through: the bot's own rooms, each built as the bot builds it. */
export interface Instruments {
  readonly net: Net;
  readonly clock: Clock;
  readonly appTokens: AppTokens;
  readonly askConnection: AskConnection;
  readonly signedIn: SignedIn | undefined;
  readonly storeWords: () => Promise<string>;
  readonly packageFile: string;
  readonly manifestIn: (zip: Uint8Array) => string | undefined;
}

const PACKAGE = fileURLToPath(new URL('../../build/scan-bot.zip', import.meta.url));

export async function instrumentsFor(config: Config, packageFile = PACKAGE): Promise<Instruments> {
  const net = createNet();
  const clock = systemClock;
  const entra = entraFor(config, { clock, net, log: createLog('silent') });
  const settings = { url: config.endpoints.tokenServiceUrl, appId: config.appId, connection: config.oauthConnection };
  const tokenService = new TokenService(settings, net, () => entra.appTokens.connectorToken());
  return {
    net,
    clock,
    appTokens: entra.appTokens,
    askConnection: () => tokenService.signInResource(nobody(), nowhere(config), { silent: true }),
    signedIn: await someoneSignedIn(config, { entra, net, tokenService }),
    storeWords: () => storeWords(config),
    packageFile,
    manifestIn,
  };
}

async function storeWords({ storage }: Config): Promise<string> {
  const { open, dead } = await glance(storage);
  const kind = storage.databaseUrl === undefined ? 'The embedded store' : 'PostgreSQL';
  const lost = dead === 0 ? '' : ` ${dead} rows were given up: npm run store -- dead.`;
  return `${kind} is up to date; ${open} requests are open.${lost}`;
}

interface Ways {
  readonly entra: Entra;
  readonly net: Net;
  readonly tokenService: TokenService;
}

/** The latest of those who asked for scans whose sign-in is still kept. */
async function someoneSignedIn(config: Config, ways: Ways): Promise<SignedIn | undefined> {
  const people = await glance(config.storage).then(
    (seen) => seen.people,
    () => [],
  );
  for (const person of people) {
    const kept = await ways.tokenService.getToken(person.teamsId);
    // Where it does not answer for one it does not for the next.
    if (!kept.ok && kept.why !== 'none') return undefined;
    if (!kept.ok) continue;
    const tokens = ways.entra.defenderTokens({
      assertionOf: (one) => keptSignIn(ways.tokenService, one),
      signOut: () => Promise.resolve(),
    });
    return { person, signIn: kept.token, tokens, defender: defenderFor(config, ways, tokens) };
  }
  return undefined;
}

function defenderFor(config: Config, { entra, net }: Ways, tokens: DefenderTokens): Defender {
  return new DefenderInPersonsName({
    baseUrl: config.endpoints.defenderUrl,
    net,
    clock: systemClock,
    // One call: a budget that the bot shares would have to be opened first.
    budget: { take: () => ({ ok: true }), heed: () => undefined },
    tokens: {
      token: (person, want, options) => tokens.token(person, want, options),
      accounts: (person) => tokens.accounts(person),
      application: (options) => entra.appTokens.defenderAppToken(options),
    },
  });
}

/** The Token Service tells how the connection is set to whoever asks in the bot's name, about anybody. */
function nobody(): Person {
  const id = '00000000-0000-0000-0000-000000000000' as PersonId;
  return { id, name: '', teamsId: '29:scan-bot-doctor', locale: 'en', timeZone: 'UTC' };
}

function nowhere({ appId, tenantId, endpoints }: Config): Thread {
  const serviceUrl = `https://${endpoints.serviceHosts[0] ?? ''}/`;
  const names = { botId: `28:${appId}`, botName: 'Scan Bot', tenantId, team: undefined, channel: undefined };
  return { id: 'a:scan-bot-doctor' as ThreadId, kind: 'personal', serviceUrl, ...names };
}

export function manifestIn(zip: Uint8Array): string | undefined {
  const manifest = unzipSync(zip)['manifest.json'];
  return manifest === undefined ? undefined : strFromU8(manifest);
}
