import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GraphStandIn } from './graph-stand-in.ts';

const SCRIPT = resolve(import.meta.dirname, '../../infra/register-app.ts');
const IDENTITY = '11111111-2222-4333-8444-555555555555';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the script for the app registration', () => {
  const dir = mkdtempSync(join(tmpdir(), 'scan-bot-register-'));
  let graph: GraphStandIn;
  let url: string;

  beforeEach(async () => {
    graph = new GraphStandIn();
    url = await graph.open();
  });
  afterEach(() => {
    graph.close();
  });
  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  function run(...args: readonly string[]): Promise<Ran> {
    const env = { PATH: '/nowhere', GRAPH_URL: url, GRAPH_TOKEN: 'admin' };
    return new Promise((ended) => {
      execFile(process.execPath, [SCRIPT, ...args], { env }, (fault, stdout, stderr) => {
        ended({ code: fault === null ? 0 : Number(fault.code), stdout, stderr });
      });
    });
  }

  function onlyApp(): Record<string, unknown> {
    assert.equal(graph.apps.size, 1);
    return [...graph.apps.values()][0] ?? {};
  }

  it('makes an app of one tenant that Teams may ask for tokens, and no public client', async () => {
    const { code, stdout, stderr } = await run();
    assert.equal(code, 0, stderr);
    const app = onlyApp();
    const appId = String(app['appId']);
    assert.equal(app['signInAudience'], 'AzureADMyOrg');
    assert.equal(app['isFallbackPublicClient'], false);
    assert.deepEqual(app['identifierUris'], [`api://botid-${appId}`]);
    assert.deepEqual(app['web'], {
      redirectUris: ['https://token.botframework.com/.auth/web/redirect'],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    });
    const api = app['api'] as { preAuthorizedApplications: unknown[]; requestedAccessTokenVersion: number };
    assert.equal(api.requestedAccessTokenVersion, 2);
    assert.equal(api.preAuthorizedApplications.length, 2);
    assert.deepEqual(graph.principals, [{ appId }]);
    assert.ok(stdout.includes(`MicrosoftAppId=${appId}\n`));
    assert.ok(stdout.includes(`/adminconsent?client_id=${appId}`));
  });

  it('asks for the permissions of the README and for no other', async () => {
    await run('--status-reader', 'application');
    const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
    const access = onlyApp()['requiredResourceAccess'] as { resourceAppId: string; resourceAccess: { id: string }[] }[];
    const [defender] = access;
    const named = [...readme.matchAll(/^\| [A-Z]\w+\.[\w.]+ +\| (?:delegated|application) +\| `([0-9a-f-]{36})`/gm)];
    const wanted = new Set(named.map(([, id]) => id));
    assert.ok(wanted.size >= 5);
    for (const { id } of defender?.resourceAccess ?? []) assert.ok(wanted.has(id), id);
  });

  it('changes nothing more when it runs again', async () => {
    await run('--trust-identity', IDENTITY);
    const before = JSON.stringify([onlyApp(), graph.principals, [...graph.trusts]]);
    const { code } = await run('--trust-identity', IDENTITY);
    assert.equal(code, 0);
    assert.equal(JSON.stringify([onlyApp(), graph.principals, [...graph.trusts]]), before);
  });

  it('takes nothing away from an app that is there, not even its name', async () => {
    await run('--name', 'Contoso scans', '--status-reader', 'application');
    const app = onlyApp();
    const [scope] = (app['api'] as { oauth2PermissionScopes: unknown[] }).oauth2PermissionScopes;
    const other = { id: IDENTITY, value: 'other', isEnabled: true };
    app['api'] = { ...(app['api'] as object), oauth2PermissionScopes: [other, scope] };
    app['web'] = { ...(app['web'] as object), redirectUris: ['https://contoso.example/redirect'] };
    const { code, stderr } = await run('--app-id', String(app['appId']), '--trust-identity', IDENTITY);
    assert.equal(code, 0, stderr);
    const after = onlyApp();
    assert.equal(after['displayName'], 'Contoso scans');
    assert.deepEqual((after['api'] as { oauth2PermissionScopes: unknown[] }).oauth2PermissionScopes, [other, scope]);
    assert.deepEqual((after['web'] as { redirectUris: unknown }).redirectUris, [
      'https://contoso.example/redirect',
      'https://token.botframework.com/.auth/web/redirect',
    ]);
    assert.match(JSON.stringify(after['requiredResourceAccess']), /"type":"Role"/);
  });

  it('lets the managed identity speak for the app', async () => {
    await run('--trust-identity', IDENTITY);
    const [trust] = [...graph.trusts.values()].flat();
    assert.equal(trust?.['subject'], IDENTITY);
    assert.equal(trust['issuer'], 'https://login.microsoftonline.com/7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b/v2.0');
    assert.deepEqual(trust['audiences'], ['api://AzureADTokenExchange']);
  });

  it('writes a secret into a file of its own, never on the screen', async () => {
    const file = join(dir, 'secret');
    const { stdout, stderr } = await run('--secret-to', file);
    assert.equal(readFileSync(file, 'utf8'), 'sesame\n');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!(stdout + stderr).includes('sesame'));
  });

  it('does not guess which of two apps of that name is meant', async () => {
    graph.apps.set('a', { id: 'a', appId: 'a', displayName: 'Scan Bot' });
    graph.apps.set('b', { id: 'b', appId: 'b', displayName: 'Scan Bot' });
    const { code, stderr } = await run();
    assert.equal(code, 1);
    assert.match(stderr, /--app-id/);
    assert.ok(graph.seen.every((line) => line.startsWith('GET')));
  });

  it('says what Graph said when it refuses', async () => {
    graph.token = 'another';
    const { code, stderr } = await run();
    assert.equal(code, 1);
    assert.match(stderr, /401 InvalidAuthenticationToken/);
  });
});
