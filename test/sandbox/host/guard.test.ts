import assert from 'node:assert/strict';
import { request } from 'node:http';
import { guardOf } from '../../../src/sandbox/host/guard.ts';
import { staticFiles } from '../../../src/sandbox/host/static-files.ts';
import { HttpServer, json } from '../../../src/sandbox/http.ts';

describe('the page’s server', () => {
  let server: HttpServer;
  let acts = 0;

  before(async () => {
    const act = { method: 'POST', path: '/api/act', answer: () => json(200, (acts += 1)) };
    const routes = [...staticFiles(), act];
    server = await HttpServer.start({ routes, guard: guardOf(() => server.port) });
  });
  after(() => server.close());

  /** Not fetch: that chooses the Host header itself, and tidies paths. */
  function call(method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, method, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
        });
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? '{}' : undefined);
    });
  }

  it('listens to its own names only, whatever name leads to this machine', async () => {
    for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
      assert.equal((await call('GET', '/', { host })).status, 200, host);
    }
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      '127.0.0.1',
      `127.0.0.1:${server.port}.evil.example`,
    ]) {
      assert.equal((await call('GET', '/', { host })).status, 403, host);
    }
  });

  it('does nothing for other web sites', async () => {
    const type = { 'content-type': 'application/json' };
    const own = { ...type, origin: `http://127.0.0.1:${server.port}` };
    assert.equal((await call('POST', '/api/act', own)).status, 200);
    const before = acts;
    assert.equal((await call('POST', '/api/act', { ...type, origin: 'https://evil.example' })).status, 403);
    assert.equal((await call('POST', '/api/act', { ...type, origin: 'null' })).status, 403);
    assert.equal((await call('POST', '/api/act', { ...type, 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await call('POST', '/api/act', { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await call('POST', '/api/act')).status, 415);
    assert.equal(acts, before);
  });

  it('serves the page, its TypeScript as JavaScript and its two libraries', async () => {
    const page = await call('GET', '/');
    assert.match(page.headers['content-type'] ?? '', /^text\/html/);
    assert.match(String(page.headers['content-security-policy']), /default-src 'self'/);
    const script = await call('GET', '/page/api.ts');
    assert.match(script.headers['content-type'] ?? '', /^text\/javascript/);
    assert.doesNotMatch(script.text, /export (interface|type)/);
    for (const name of ['adaptivecards.js', 'markdown-it.js']) {
      assert.equal((await call('GET', `/vendor/${name}`)).status, 200, name);
    }
  });

  it('serves nothing else', async () => {
    const paths = ['/page/', '/page/..%2fmain.ts', '/page/%2e%2e/main.ts', '/page/../main.ts', '/page//etc/passwd'];
    for (const path of [
      ...paths,
      '/page/nothing.ts',
      '/page/style',
      '/vendor/sinon.js',
      '/package.json',
      '/page/%00.ts',
      '/page/%zz',
    ]) {
      const { status, text } = await call('GET', path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(text, /root:|import/);
    }
  });
});

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: NodeJS.Dict<string | string[]> & { readonly 'content-type'?: string | undefined };
}
