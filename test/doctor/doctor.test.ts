import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packApp } from '../../manifest/app-package.ts';
import { OutsideWorld } from '../support/outside-world.ts';
import { WatchedThread } from '../support/watched-thread.ts';

const CLI = resolve(import.meta.dirname, '../../src/doctor/cli.ts');
const MINUTE = 60_000;

interface Finding {
  readonly check: string;
  readonly is: string;
  readonly says: string;
  readonly remedy?: string;
}
interface Report {
  readonly code: number;
  readonly findings: readonly Finding[];
  readonly text: string;
}

describe('the doctor', function () {
  this.timeout(3 * MINUTE);
  const nowhere = mkdtempSync(join(tmpdir(), 'scan-bot-doctor-'));
  let world: OutsideWorld;

  before(async () => {
    world = await OutsideWorld.open();
    await world.starts();
    await world.teams.driver.isSignedIn('alice');
    const thread = new WatchedThread(world, 'fin-laptop-07');
    await thread.asks();
    await thread.shows('Waiting for confirmation');
  });
  afterEach(() => {
    world.entra.moods.reset();
    chmodSync(world.env['DATA_DIR'] ?? '', 0o700);
  });
  after(async () => {
    await world.close();
    rmSync(nowhere, { recursive: true, force: true });
  });

  function examined(changes: Readonly<Record<string, string | undefined>> = {}): Promise<Report> {
    const env = Object.fromEntries(
      Object.entries({ ...world.env, ...changes }).filter(([, value]) => value !== undefined),
    );
    return new Promise((done) => {
      const args = [CLI, '--json', '--package', join(nowhere, 'scan-bot.zip')];
      execFile(process.execPath, args, { env, cwd: nowhere }, (fault, stdout, stderr) => {
        const { findings } = JSON.parse(stdout) as { findings: Finding[] };
        done({ code: fault === null ? 0 : Number(fault.code), findings, text: stdout + stderr });
      });
    });
  }

  /** The one thing that is wrong, or the first of them. */
  async function wrong(check: string, changes: Readonly<Record<string, string | undefined>> = {}): Promise<string> {
    const { code, findings } = await examined(changes);
    const found = findings.find((one) => one.check === check);
    assert.equal(found?.is, 'bad', JSON.stringify(findings, undefined, 1));
    assert.equal(code, 1);
    return `${found.says} ${found.remedy ?? ''}`;
  }

  it('finds nothing wrong where nothing is', async () => {
    const { code, findings } = await examined();
    assert.deepEqual(
      findings.filter(({ is }) => is === 'bad'),
      [],
    );
    assert.equal(code, 0);
    assert.ok(findings.every(({ is, remedy }) => (remedy === undefined) === (is === 'good')));
    for (const name of [
      'permission Machine.Scan, Machine.Read',
      'Defender',
      'OAuth connection',
      'sign-in',
      'database',
    ]) {
      assert.equal(findings.find(({ check }) => check === name)?.is, 'good', name);
    }
    assert.equal(
      findings.find(({ check }) => check === 'host Graph'),
      undefined,
    );
  });

  it('prints no token, no secret and nobody', async () => {
    const { text } = await examined();
    assert.doesNotMatch(text, /eyJ|Alice|alice|29:/);
    assert.ok(!text.includes(world.env['MicrosoftAppPassword'] ?? ''));
  });

  it('says everything that is wrong with the configuration, and ends with 78', async () => {
    const { code, findings } = await examined({ MicrosoftAppId: undefined, APPROVAL: 'nobody' });
    assert.equal(code, 78);
    assert.deepEqual(
      findings.map(({ is }) => is),
      ['bad', 'bad'],
    );
  });

  it('finds a secret that Entra does not take', async () => {
    world.entra.moods.secretWrong = true;
    assert.match(await wrong('token for Teams'), /7000215.+MicrosoftAppPassword/);
  });

  it('blames nothing else for a token that Entra does not give', async () => {
    world.entra.moods.secretWrong = true;
    const { findings } = await examined({ STATUS_READER: 'application' });
    for (const name of ['exposed API', 'OAuth connection', 'permissions of the app']) {
      assert.equal(findings.find(({ check }) => check === name)?.is, 'open', name);
    }
  });

  it('finds that the app exposes no API', async () => {
    world.entra.moods.exposedApi = 'missing';
    assert.match(await wrong('exposed API'), /api:\/\/botid-.+access_as_user/);
  });

  it('finds tokens of the first version', async () => {
    world.entra.moods.exposedApi = 'first-version';
    assert.match(await wrong('exposed API'), /requestedAccessTokenVersion/);
  });

  it('finds an OAuth connection of another name', async () => {
    assert.match(
      await wrong('OAuth connection', { OAUTH_CONNECTION_NAME: 'graph' }),
      /no connection graph.+OAUTH_CONNECTION_NAME/,
    );
  });

  it('finds keys of somebody else', async () => {
    const url = `${world.entra.url}/${world.env['MicrosoftAppTenantId'] ?? ''}/v2.0/.well-known/openid-configuration`;
    assert.match(await wrong('keys of Teams', { BOT_OPENID_METADATA_URL: url }), /speaks for.+CLOUD/);
  });

  it('finds a permission without consent, and does not take an optional one for a required', async () => {
    world.entra.moods.consentMissing.add('Alert.Read');
    assert.match(await wrong('permission Alert.Read'), /65001.+grant admin consent/);
    const { findings } = await examined();
    assert.equal(findings.find(({ check }) => check.includes('Machine.Scan'))?.is, 'good');
  });

  it('looks at Graph where somebody is named by a group', async () => {
    world.entra.moods.consentMissing.add('User.Read');
    const named = { APPROVAL: 'approvers', APPROVERS: 'group:7c1f0a52-93d8-4e6b-a4f1-5b0d2c7e8a19' };
    assert.match(await wrong('permission User.Read', named), /65001.+Microsoft Graph.+grant admin consent/);
    assert.match(await wrong('host Graph', { ...named, GRAPH_API_URL: 'https://graph.scan-bot.invalid' }), /not known/);
  });

  it('finds a collector of traces that is not there', async () => {
    assert.match(await wrong('host traces', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }), /ECONNREFUSED/);
  });

  it('finds that the app may not follow scans itself', async () => {
    world.entra.moods.consentMissing.add('Machine.Read.All');
    assert.match(
      await wrong('permissions of the app', { STATUS_READER: 'application' }),
      /Machine\.Read\.All is missing/,
    );
  });

  it('finds a host that takes no connection', async () => {
    assert.match(await wrong('host Defender', { DEFENDER_API_URL: 'http://127.0.0.1:1' }), /ECONNREFUSED.+firewall/);
  });

  it('finds a host whose name nobody knows', async () => {
    assert.match(await wrong('host Teams', { TEAMS_SERVICE_HOSTS: 'smba.scan-bot.invalid' }), /name is not known/);
  });

  it('finds a certificate of an authority that is not trusted here', async () => {
    assert.match(await wrong('host Entra', { NODE_EXTRA_CA_CERTS: undefined }), /NODE_EXTRA_CA_CERTS/);
  });

  it('finds a store that is not there', async () => {
    const gone = join(nowhere, 'gone');
    assert.match(await wrong('database', { DATA_DIR: gone }), /no store in/);
    assert.match(await wrong('disk', { DATA_DIR: gone }), /There is no .+gone\. Start the bot once/);
    assert.match(await wrong('disk', { DATA_DIR: CLI }), /no directory/);
  });

  it('finds a database that does not answer, without its password', async () => {
    const words = await wrong('database', { DATABASE_URL: 'postgres://bot:sesame@127.0.0.1:1/bot' });
    assert.match(words, /DATABASE_URL/);
    assert.ok(!words.includes('sesame'));
  });

  it('finds a store that others may look into', async function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(world.env['DATA_DIR'] ?? '', 0o755);
    assert.match(await wrong('disk'), /chmod 700/);
  });

  it('finds the package of another app, where it is told of one', async () => {
    const file = join(nowhere, 'scan-bot.zip');
    const packing = packApp({ ...world.env, MicrosoftAppId: '3f1c9a10-7d52-4c5e-9f0b-6a1d2e3b4c5d' });
    writeFileSync(file, packing.ok ? packing.steady.zip : assert.fail('package'));
    try {
      assert.match(await wrong('app package'), /another MicrosoftAppId/);
    } finally {
      rmSync(file);
    }
  });

  it('says what it could not look at while nobody is signed in', async () => {
    const { code, findings } = await examined({ DATA_DIR: world.env['DATA_DIR'], OAUTH_CONNECTION_NAME: 'other' });
    assert.equal(code, 1);
    assert.equal(findings.find(({ check }) => check === 'Defender')?.is, 'open');
  });
});
