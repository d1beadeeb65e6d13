import assert from 'node:assert/strict';
import { html, HttpServer, json, type HttpCall, type HttpRoute } from '../../src/sandbox/http.ts';

describe('a stand-in’s HTTP server', () => {
  let server: HttpServer;
  let seen: readonly (readonly [string, number])[] = [];
  let last: HttpCall | undefined;

  const routes: readonly HttpRoute[] = [
    { method: 'GET', path: '/fixed/:name', answer: () => json(200, { fixed: true }) },
    {
      method: 'POST',
      path: '/things/:id/parts/:part',
      answer: (call) => {
        last = call;
        return json(201, { id: call.params['id'], part: call.params['part'] }, { 'x-extra': 'yes' });
      },
    },
    { method: 'GET', path: '/page', answer: () => html(200, '<p>Hello</p>') },
    { method: 'GET', path: '/cut', answer: () => ({ kind: 'cut' }) },
    { method: 'GET', path: '/silent', answer: () => ({ kind: 'silence' }) },
    {
      method: 'GET',
      path: '/stream',
      answer: () => ({
        kind: 'stream',
        start: (response) => {
          response.end('streamed');
        },
      }),
    },
    {
      method: 'GET',
      path: '/fault',
      answer: () => {
        throw new Error('broken route');
      },
    },
  ];

  beforeEach(async () => {
    seen = [];
    server = await HttpServer.start({
      routes,
      maxBytes: 100,
      onAnswer: (call, answer) => {
        seen = [...seen, [call.path, answer.kind === 'json' ? answer.status : 0] as const];
      },
    });
  });

  afterEach(() => server.close());

  const post = (path: string, body: string, type = 'application/json'): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: 'POST', body, headers: { 'content-type': type } });

  it('hands a route its parameters, decoded', async () => {
    const response = await post('/things/19%3Aa%3Bmessageid%3D1/parts/x%2Fy', '{}');
    assert.deepEqual(await response.json(), { id: '19:a;messageid=1', part: 'x/y' });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('x-extra'), 'yes');
  });

  it('parses JSON and forms, and leaves an empty body undefined', async () => {
    await post('/things/1/parts/2', '{"a":1}');
    assert.deepEqual(last?.body, { a: 1 });
    await post('/things/1/parts/2', 'a=1&b=x%20y', 'application/x-www-form-urlencoded');
    assert.deepEqual(last.body, { a: '1', b: 'x y' });
    await post('/things/1/parts/2', '');
    assert.equal(last.body, undefined);
  });

  it('refuses what is no JSON, too long, or nowhere', async () => {
    assert.equal((await post('/things/1/parts/2', '{')).status, 400);
    assert.equal((await post('/things/1/parts/2', `"${'a'.repeat(100)}"`)).status, 413);
    assert.equal((await post('/nowhere', '{}')).status, 404);
    assert.equal((await fetch(`${server.url}/things/1/parts/2`)).status, 404);
    assert.equal((await fetch(`${server.url}/fixed/%E0%A4%A`)).status, 404);
  });

  it('can break the connection or say nothing at all', async () => {
    await assert.rejects(fetch(`${server.url}/cut`));
    await assert.rejects(fetch(`${server.url}/silent`, { signal: AbortSignal.timeout(50) }));
  });

  it('sends pages and lets a route write for itself', async () => {
    assert.match((await fetch(`${server.url}/page`)).headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(await (await fetch(`${server.url}/stream`)).text(), 'streamed');
  });

  it('tells what was asked and answered', async () => {
    await fetch(`${server.url}/fixed/a?b=c`);
    await fetch(`${server.url}/nowhere`);
    assert.deepEqual(seen, [
      ['/fixed/a', 200],
      ['/nowhere', 404],
    ]);
  });

  it('answers 500 with the reason when a route throws', async () => {
    const response = await fetch(`${server.url}/fault`);
    assert.equal(response.status, 500);
    assert.match(await response.text(), /broken route/);
  });

  it('closes while a caller still waits', async () => {
    const waiting = assert.rejects(fetch(`${server.url}/silent`));
    await fetch(`${server.url}/page`);
    await server.close();
    await waiting;
    server = await HttpServer.start({ routes });
  });
});
