import assert from 'node:assert/strict';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { record } from '../../../src/sandbox/teams/json.ts';
import { APP_ID, troupe, type Troupe } from './troupe.ts';

describe('the channel’s keys', () => {
  let all: Troupe;

  before(async () => {
    all = await troupe();
  });

  after(() => all.close());

  const published = async (): Promise<JSONWebKeySet> => {
    const metadata = (await (await fetch(all.teams.openIdMetadataUrl)).json()) as Record<string, string>;
    assert.equal(metadata['issuer'], 'https://api.botframework.com');
    assert.deepEqual(metadata['id_token_signing_alg_values_supported'], ['RS256']);
    return (await (await fetch(metadata['jwks_uri'] ?? '')).json()) as JSONWebKeySet;
  };

  const verified = async (token: string): Promise<Record<string, unknown>> => {
    const { payload } = await jwtVerify(token, createLocalJWKSet(await published()), { algorithms: ['RS256'] });
    return payload;
  };

  it('are published with what they are endorsed for', async () => {
    const { keys } = await published();
    assert.deepEqual(
      keys.map((key) => record(key)['endorsements']),
      [['msteams'], ['webchat']],
    );
    for (const key of keys) {
      assert.deepEqual([typeof key.n, typeof key.e, key.kid === key.x5t], ['string', 'string', true]);
      assert.equal(key.d, undefined);
    }
  });

  it('sign a token of the channel for the bot, for half an hour', async () => {
    const claims = await verified(await all.teams.signChannelToken());
    assert.deepEqual(
      [claims['iss'], claims['aud'], claims['serviceurl']],
      ['https://api.botframework.com', APP_ID, all.teams.serviceUrl],
    );
    assert.equal(Number(claims['exp']) - Number(claims['iat']), 1800);
  });

  it('sign every activity for the service address that it names', async () => {
    await all.teams.driver.says('alice', 'hello', undefined, {
      change: (activity) => ({ ...activity, serviceUrl: 'https://elsewhere.example/' }),
    });
    assert.equal((await verified(all.bot.tokens.at(-1) ?? ''))['serviceurl'], 'https://elsewhere.example/');
  });

  it('sign with other claims, and without one', async () => {
    const claims = await verified(await all.teams.signChannelToken({ aud: 'another', serviceurl: undefined }));
    assert.equal(claims['aud'], 'another');
    assert.equal('serviceurl' in claims, false);
  });

  it('sign with a key of another channel or a forged one', async () => {
    const { keys } = await published();
    const unendorsed = await all.teams.signChannelToken({}, 'unendorsed');
    assert.equal(decodeProtectedHeader(unendorsed).kid, keys[1]?.kid);
    await verified(unendorsed);
    const foreign = await all.teams.signChannelToken({}, 'foreign');
    assert.equal(decodeProtectedHeader(foreign).kid, keys[0]?.kid);
    await assert.rejects(verified(foreign), /signature/);
  });
});
