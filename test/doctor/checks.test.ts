import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { clockCheck } from '../../src/doctor/checks/clock.ts';
import { connectionCheck } from '../../src/doctor/checks/connection.ts';
import { packageCheck } from '../../src/doctor/checks/package.ts';
import { regionCheck } from '../../src/doctor/checks/regions.ts';
import type { reach } from '../../src/net/reach.ts';
import type { TokenServiceFailure } from '../../src/teams/token-service.ts';
import { examine, reportOf } from '../../src/doctor/examine.ts';
import { packApp } from '../../manifest/app-package.ts';
import { createNet } from '../../src/net/request.ts';
import { FakeClock } from '../support/fake-clock.ts';

const MINUTE = 60_000;
const ENV = {
  MicrosoftAppId: '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8',
  MicrosoftAppTenantId: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b',
  MicrosoftAppPassword: 'x',
};

function configOf(env: Readonly<Record<string, string>> = ENV): Config {
  const reading = readConfig(env);
  return reading.ok ? reading.config : assert.fail('configuration');
}

describe('the look at the clock', () => {
  let server: Server;
  let url: string;

  before(async () => {
    server = createServer((_, response) => response.end());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
  });

  for (const [minutes, is] of [
    [0, 'good'],
    [1, 'good'],
    [4, 'bad'],
    [-4, 'bad'],
  ] as const) {
    it(`finds ${minutes} minutes ${is}`, async () => {
      const clock = new FakeClock(Date.now() + minutes * MINUTE);
      const looked = await clockCheck(url, createNet(), clock).look();
      assert.equal(looked.is, is);
      if (is === 'bad') assert.match(looked.says, minutes > 0 ? /ahead/ : /behind/);
    });
  }

  it('claims nothing when nobody answers', async () => {
    assert.equal((await clockCheck('http://127.0.0.1:1', createNet(), new FakeClock(0)).look()).is, 'open');
  });
});

describe('the look at the OAuth connection', () => {
  const link = { signInLink: 'https://token.botframework.com/api/oauth/signin' };

  async function looked(uri: string | undefined): Promise<string> {
    const tokenExchangeResource = uri === undefined ? undefined : { id: '1', uri };
    const ask = (): Promise<{
      ok: true;
      resource: typeof link & { tokenExchangeResource: typeof tokenExchangeResource };
    }> => Promise.resolve({ ok: true, resource: { ...link, tokenExchangeResource } });
    const { is, says, remedy = '' } = await connectionCheck(configOf(), ask).look();
    return `${is}: ${says} ${remedy}`;
  }

  it('takes the address of the app', async () => {
    assert.match(await looked(`api://botid-${ENV.MicrosoftAppId}`), /^good/);
  });

  it('finds another token exchange URL, and none', async () => {
    assert.match(await looked('api://other'), /^bad: .+api:\/\/other.+set Token Exchange URL/);
    assert.match(await looked(undefined), /^bad: It has no token exchange URL/);
  });

  it('does not blame the registration for a service that is silent', async () => {
    const ask = (): Promise<TokenServiceFailure> => Promise.resolve({ ok: false, why: 'no-answer', code: 'timeout' });
    const { says, remedy } = await connectionCheck(configOf(), ask).look();
    assert.match(`${says} ${remedy ?? ''}`, /no answer \(timeout\)\. Mend the way/);
  });
});

describe('the look at the regions of Defender', () => {
  const reached: typeof reach = (address) =>
    Promise.resolve(
      address.includes('//us.')
        ? { ok: false, why: 'timeout', code: 'ETIMEDOUT' }
        : { ok: true, ms: address.includes('//eu.') ? 12 : 200, certificateEnds: undefined },
    );

  it('tells how far each is, the nearest first, and leaves out what does not answer', async () => {
    const { is, says } = await regionCheck(configOf(), reached).look();
    assert.match(`${is}: ${says}`, /^good: eu 12 ms, .+ 200 ms/);
    assert.doesNotMatch(says, /\bus /);
  });

  it('asks nobody where the cloud has one host only, or the address is set', async () => {
    const none = (): never => assert.fail('asked');
    for (const env of [{ CLOUD: 'gcchigh' }, { DEFENDER_API_URL: 'https://mirror.example.org' }]) {
      assert.match((await regionCheck(configOf({ ...ENV, ...env }), none).look()).says, /^Not asked/);
    }
  });

  it('claims nothing where none answers', async () => {
    const silent = { ok: false, why: 'refused', code: 'ECONNREFUSED' } as const;
    assert.equal((await regionCheck(configOf(), () => Promise.resolve(silent)).look()).is, 'open');
  });
});

describe('the look at the app package', () => {
  const dir = mkdtempSync(join(tmpdir(), 'scan-bot-package-'));
  const file = join(dir, 'scan-bot.zip');
  const manifestIn = (zip: Uint8Array): string => strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array());
  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  function pack(env: Readonly<Record<string, string>>): void {
    const packing = packApp(env);
    writeFileSync(file, packing.ok ? packing.steady.zip : assert.fail('package'));
  }

  it('asks for one while there is none', async () => {
    assert.equal((await packageCheck(configOf(), join(dir, 'none.zip'), manifestIn).look()).is, 'open');
  });

  it('takes one that was made with this configuration', async () => {
    pack(ENV);
    assert.equal((await packageCheck(configOf(), file, manifestIn).look()).is, 'good');
  });

  it('finds one of another app, and one of another cloud', async () => {
    pack({ ...ENV, MicrosoftAppId: ENV.MicrosoftAppTenantId });
    assert.match((await packageCheck(configOf(), file, manifestIn).look()).says, /another MicrosoftAppId/);
    pack(ENV);
    const gcch = configOf({ ...ENV, CLOUD: 'gcchigh' });
    assert.match((await packageCheck(gcch, file, manifestIn).look()).says, /tokengcch\.botframework\.azure\.us/);
  });
});

describe('the report', () => {
  it('reads without colour, and names the remedy below each fault', async () => {
    const findings = await examine([
      { name: 'one', look: () => Promise.resolve({ is: 'good', says: 'Fine.' }) },
      { name: 'two', look: () => Promise.reject(new TypeError('secret')) },
    ]);
    const text = reportOf(findings, false);
    assert.match(
      text,
      /^ok {5}one: Fine\.\nWRONG {2}two: The check itself broke \(TypeError\)\.\n {8}Please report it/,
    );
    assert.match(text, /1 to mend/);
    assert.ok(!text.includes('secret'));
  });
});
