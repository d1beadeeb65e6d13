import assert from 'node:assert/strict';
import { signingKeys } from '../../src/entra/signing-keys.ts';
import type { Net } from '../../src/net/request.ts';

const app = { loginUrl: 'https://login.example', tenantId: 'tenant', appId: 'app' };
const USUAL = 'https://login.example/tenant/discovery/v2.0/keys';
const DOCUMENT = 'https://login.example/tenant/v2.0/.well-known/openid-configuration';

function netOf(pages: Readonly<Record<string, unknown>>, asked: string[]): Net {
  return {
    request: () => Promise.reject(new Error('not used')),
    fetch: (url) => {
      asked.push(url);
      const page = pages[url];
      return Promise.resolve(new Response(JSON.stringify(page ?? {}), { status: page === undefined ? 404 : 200 }));
    },
  };
}

async function askedFor(pages: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const asked: string[] = [];
  const keys = signingKeys(app, netOf(pages, asked));
  await assert.rejects(keys({ alg: 'RS256', kid: 'k' }, { payload: '', signature: '' }));
  return asked;
}

describe('the signing keys of the tenant', () => {
  it('are read at the usual address', async () => {
    assert.deepEqual(await askedFor({ [USUAL]: { keys: [] } }), [USUAL]);
  });

  it('are read where the discovery document says when they are not there', async () => {
    const other = 'https://login.example/keys';
    assert.deepEqual(await askedFor({ [DOCUMENT]: { jwks_uri: other }, [other]: { keys: [] } }), [
      USUAL,
      DOCUMENT,
      other,
    ]);
  });

  it('are read nowhere but on the host of Entra', async () => {
    const foreign = 'https://keys.example/keys';
    assert.deepEqual(await askedFor({ [DOCUMENT]: { jwks_uri: foreign }, [foreign]: { keys: [] } }), [USUAL, DOCUMENT]);
  });

  it('are not read without TLS', async () => {
    const plain = 'http://login.example/keys';
    assert.deepEqual(await askedFor({ [DOCUMENT]: { jwks_uri: plain }, [plain]: { keys: [] } }), [USUAL, DOCUMENT]);
  });
});
