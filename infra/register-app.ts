import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CLOUD_NAMES, CLOUDS } from '../src/config/clouds.ts';
import type { Wishes } from './app-registration.ts';
import { Graph, GraphFault } from './graph.ts';
import { Ambiguous, findOrCreate, newSecret, settle, tenantOf, trustIdentity } from './register.ts';
import type { Registration } from './register.ts';

const USAGE = `node infra/register-app.ts [--name "Scan Bot"] [--app-id ID] [--cloud ${CLOUD_NAMES.join('|')}]
  [--trust-identity PRINCIPAL_ID]   the managed identity may speak for the app
  [--secret-to FILE]                a new secret, written into FILE and nowhere else
  [--status-reader application]     asks for the app's own Machine.Read.All as well
Signs in as whoever "az login" says, or with the token in GRAPH_TOKEN. Run it again at any time: it mends what differs.
`;

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    await register(readArguments());
    return 0;
  } catch (fault) {
    if (!(fault instanceof GraphFault || fault instanceof Ambiguous || fault instanceof TypeError)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    return 1;
  }
}

interface Arguments {
  readonly wishes: Wishes;
  readonly appId: string | undefined;
  readonly identity: string | undefined;
  readonly secretFile: string | undefined;
}

function readArguments(): Arguments {
  const text = { type: 'string' } as const;
  const options = {
    name: { ...text, default: 'Scan Bot' },
    'app-id': text,
    cloud: { ...text, default: 'public' },
    'trust-identity': text,
    'secret-to': text,
    'status-reader': text,
  };
  const { values } = parseArgs({ options });
  const cloud = CLOUD_NAMES.find((known) => known === values.cloud);
  if (cloud === undefined) throw new TypeError(USAGE);
  return {
    wishes: { name: values.name, cloud, readsStatusItself: values['status-reader'] === 'application' },
    appId: values['app-id'],
    identity: values['trust-identity'],
    secretFile: values['secret-to'],
  };
}

async function register({ wishes, appId, identity, secretFile }: Arguments): Promise<void> {
  const graph = new Graph(process.env['GRAPH_URL'] ?? CLOUDS[wishes.cloud].graphUrl, tokenOf());
  const tenantId = await tenantOf(graph);
  const app = await findOrCreate(graph, wishes, appId);
  await settle(graph, app, wishes);
  if (identity !== undefined) await trustIdentity(graph, app, wishes, { tenantId, principalId: identity });
  if (secretFile !== undefined) await keepSecret(graph, app, secretFile);
  const consent = `${CLOUDS[wishes.cloud].loginUrl}/${tenantId}/adminconsent?client_id=${app.appId}`;
  process.stdout.write(
    `MicrosoftAppId=${app.appId}\nMicrosoftAppTenantId=${tenantId}\n\nNow an administrator grants consent:\n${consent}\n`,
  );
}

/** Never on the screen: it would stay in its history. */
async function keepSecret(graph: Graph, app: Registration, file: string): Promise<void> {
  const secret = await newSecret(graph, app);
  writeFileSync(file, `${secret.text}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`A secret stands in ${file}. It ends on ${secret.ends.slice(0, 10)}: note the day.\n`);
}

function tokenOf(): string {
  const given = process.env['GRAPH_TOKEN'];
  if (given !== undefined && given !== '') return given;
  const command = [
    'account',
    'get-access-token',
    '--resource-type',
    'ms-graph',
    '--query',
    'accessToken',
    '--output',
    'tsv',
  ];
  try {
    return execFileSync('az', command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  } catch {
    throw new TypeError(`No sign-in: run "az login" first, or set GRAPH_TOKEN.\n${USAGE}`);
  }
}
