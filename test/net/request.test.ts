import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createNet, NetFault } from '../../src/net/request.ts';
import type { NetAnswer, NetRequest } from '../../src/net/request.ts';
import { localhostChain } from '../../src/sandbox/entra/certificates.ts';

describe('a request', () => {
  const net = createNet();
  const open: Server[] = [];

  afterEach(async () => {
    for (const server of open.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });

  async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    return addressOf(await listening(createServer(answer), open));
  }

  function get(url: string, more: Partial<NetRequest> = {}): Promise<NetAnswer> {
    return net.request({ url, method: 'GET', timeoutMs: 5000, ...more });
  }

  it('answers with status, headers in lower case and text', async () => {
    const url = await serving((_, response) => {
      response.statusCode = 418;
      response.setHeader('X-Pot', 'tea');
      response.end('short and stout');
    });
    const answer = await get(url);
    assert.ok(answer.ok);
    assert.deepEqual([answer.status, answer.headers['x-pot'], answer.text], [418, 'tea', 'short and stout']);
  });

  it('sends method, headers and body', async () => {
    const url = await serving((request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        response.end(`${request.method ?? ''} ${String(request.headers['x-a'])} ${Buffer.concat(chunks).toString()}`);
      });
    });
    const answer = await get(url, { method: 'POST', headers: { 'X-A': 'b' }, body: 'c' });
    assert.equal(answer.ok && answer.text, 'POST b c');
  });

  it('gives up when nothing comes in time', async () => {
    const url = await serving(() => undefined);
    assert.equal(whyNot(await get(url, { timeoutMs: 50 })), 'timeout');
  });

  it('gives up when the body does not end in time', async () => {
    const url = await serving((_, response) => {
      response.write('and then');
    });
    assert.equal(whyNot(await get(url, { timeoutMs: 100 })), 'timeout');
  });

  it('does not follow a redirect', async () => {
    let visits = 0;
    const url = await serving((_, response) => {
      visits += 1;
      response.statusCode = 302;
      response.setHeader('location', '/elsewhere');
      response.end();
    });
    assert.equal(whyNot(await get(url)), 'redirect');
    assert.equal(visits, 1);
  });

  it('does not read more than it was allowed', async () => {
    const url = await serving((_, response) => response.end('x'.repeat(2000)));
    assert.equal(whyNot(await get(url, { maxBytes: 1000 })), 'too-large');
    assert.ok((await get(url, { maxBytes: 2000 })).ok);
  });

  it('is sent once, also when the connection breaks', async () => {
    let visits = 0;
    const url = await serving((request) => {
      visits += 1;
      request.socket.destroy();
    });
    assert.equal(whyNot(await get(url)), 'network');
    assert.equal(visits, 1);
  });

  it('uses a connection again', async () => {
    const ports = new Set<number | undefined>();
    const url = await serving((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    await get(url);
    await get(url);
    assert.equal(ports.size, 1);
  });

  it('tells host, path and code of a failure, and nothing that was sent', async () => {
    const answer = await net.request({
      url: 'http://127.0.0.1:1/some/path?token=SECRET',
      method: 'POST',
      headers: { authorization: 'SECRET' },
      body: 'SECRET',
      timeoutMs: 2000,
    });
    assert.deepEqual(answer, { ok: false, why: 'network', detail: '127.0.0.1:1/some/path: ECONNREFUSED' });
  });

  it('trusts an extra authority, and it alone in addition', async () => {
    const { caPem, certificatePem, keyPem } = localhostChain();
    const secure = createSecureServer({ key: keyPem, cert: certificatePem }, (_, response) => response.end('safe'));
    const url = addressOf(await listening(secure, open), 'https');
    const answer = await createNet({ extraCa: caPem }).request({ url, method: 'GET', timeoutMs: 5000 });
    assert.equal(answer.ok && answer.text, 'safe');
    assert.equal(whyNot(await get(url)), 'network');
    const other = createNet({ extraCa: localhostChain().caPem });
    assert.equal(whyNot(await other.request({ url, method: 'GET', timeoutMs: 5000 })), 'network');
  });

  it('serves as a fetch that throws what failed', async () => {
    const url = await serving((request, response) => {
      response.statusCode = request.headers['x-a'] === 'b' ? 200 : 204;
      response.end(response.statusCode === 200 ? '{"keys":[]}' : undefined);
    });
    const reply = await net.fetch(url, { method: 'GET', headers: new Headers({ 'X-A': 'b' }) });
    assert.deepEqual(await reply.json(), { keys: [] });
    assert.equal((await net.fetch(url, { method: 'GET', headers: new Headers() })).status, 204);
    await assert.rejects(
      net.fetch('http://127.0.0.1:1/', { method: 'GET', headers: new Headers() }),
      (fault) => fault instanceof NetFault && fault.why === 'network',
    );
  });
});

async function listening<Some extends Server>(server: Some, open: Server[]): Promise<Some> {
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function addressOf(server: Server, scheme = 'http'): string {
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `${scheme}://localhost:${address.port}/`.replace('localhost', scheme === 'http' ? '127.0.0.1' : 'localhost');
}

function whyNot(answer: NetAnswer): string {
  return answer.ok ? 'it was answered' : answer.why;
}
