import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { SECOND } from '../../src/scan/time.ts';
import type { InvokeAnswer } from '../../src/teams/invoke-answer.ts';
import { BotServer } from '../../src/teams/server.ts';
import type { Readiness, ServerParts } from '../../src/teams/server.ts';
import { FakeClock } from '../support/fake-clock.ts';

const BEARER = 'Bearer a.b.c';

interface Running {
  readonly server: BotServer;
  readonly url: string;
  readonly clock: FakeClock;
  readonly faults: unknown[];
}

let running: Running | undefined;

async function start(parts: Partial<ServerParts> = {}): Promise<Running> {
  const clock = new FakeClock();
  const faults: unknown[] = [];
  const server = new BotServer({
    clock,
    screen: (authorization) => Promise.resolve(authorization === BEARER ? undefined : 401),
    receive: () => Promise.resolve({ status: 200 }),
    ready: () => Promise.resolve({ ok: true }),
    metrics: () => Promise.resolve('scans_total 1\n'),
    onFault: (fault) => faults.push(fault),
    ...parts,
  });
  running = { server, url: `http://127.0.0.1:${await server.listen(0)}`, clock, faults };
  return running;
}

function post(url: string, body: BodyInit = '{}'): Promise<Response> {
  const options = { method: 'POST', headers: { authorization: BEARER }, body, duplex: 'half' };
  return fetch(`${url}/api/messages`, options);
}

interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

function gate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return {
    passed,
    open: () => {
      open();
    },
  };
}

/** What comes back on a connection until it ends. */
async function read(socket: Socket): Promise<string> {
  let answer = '';
  socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
  await once(socket, 'close');
  return answer;
}

describe('the server', () => {
  afterEach(async () => {
    await running?.server.close();
    running = undefined;
  });

  it('hands the header and the body over and answers what comes back', async () => {
    const seen: unknown[] = [];
    const { url } = await start({
      receive: (...received) => {
        seen.push(received);
        return Promise.resolve({ status: 200, body: { statusCode: 401 } });
      },
    });
    const reply = await post(url, '{"type":"invoke"}');
    assert.deepEqual(seen, [[BEARER, { type: 'invoke' }]]);
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.deepEqual(await reply.json(), { statusCode: 401 });
  });

  it('tells nothing about itself', async () => {
    const { url } = await start();
    const reply = await fetch(`${url}/healthz`);
    assert.equal(reply.headers.get('server'), null);
    assert.equal(reply.headers.get('x-powered-by'), null);
  });

  it('takes a body of exactly 256 KiB and no byte more, with a length or without', async () => {
    const { url } = await start();
    const largest = JSON.stringify({ text: 'x'.repeat(256 * 1024 - 11) });
    assert.equal(Buffer.byteLength(largest), 256 * 1024);
    const inPieces = (text: string): BodyInit => new Blob([text]).stream();
    assert.equal((await post(url, largest)).status, 200);
    assert.equal((await post(url, inPieces(largest))).status, 200);
    assert.equal((await post(url, `${largest} `)).status, 413);
    assert.equal((await post(url, inPieces(`${largest} `))).status, 413);
    assert.equal((await post(url, inPieces('x'.repeat(8_000_000)))).status, 413);
  });

  it('knows its roads and methods only', async () => {
    const { url } = await start();
    const of = async (path: string, method = 'GET'): Promise<number> => (await fetch(url + path, { method })).status;
    assert.equal(await of('/api/messages'), 405);
    assert.equal(await of('/api/messages', 'PUT'), 405);
    for (const path of ['/', '/api', '/api/messages/', '/API/MESSAGES', '/favicon.ico', '/../etc/passwd']) {
      assert.equal(await of(path), 404, path);
    }
    assert.equal(await of('/%'), 404);
    assert.equal(await of('/api/messages', 'OPTIONS'), 405);
  });

  it('lives, and says whether it is ready by a code', async () => {
    let state: Readiness = { ok: true };
    const { url } = await start({ ready: () => Promise.resolve(state) });
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    state = { ok: false, reason: 'store' };
    const reply = await fetch(`${url}/readyz`);
    assert.deepEqual([reply.status, await reply.json()], [503, { ok: false, reason: 'store' }]);
  });

  it('gives the metrics, unless they have a port of their own', async () => {
    const shared = await start();
    const reply = await fetch(`${shared.url}/metrics`);
    assert.deepEqual([reply.status, await reply.text()], [200, 'scans_total 1\n']);
    await shared.server.close();
    const { url, server } = await start({ metricsPort: 0 });
    assert.equal((await fetch(`${url}/metrics`)).status, 404);
    const own = `http://127.0.0.1:${server.metricsPort ?? 0}`;
    assert.equal(await (await fetch(`${own}/metrics`)).text(), 'scans_total 1\n');
    assert.equal((await fetch(`${own}/healthz`)).status, 404);
    assert.equal((await fetch(`${own}/metrics`, { method: 'POST' })).status, 404);
  });

  it('answers a fault of its own with a bare 500', async () => {
    const { url, faults } = await start({ metrics: () => Promise.reject(new Error('detail')) });
    const reply = await fetch(`${url}/metrics`);
    assert.deepEqual([reply.status, await reply.text()], [500, '']);
    assert.equal(faults.length, 1);
  });

  it('does not mind a client that goes away in the middle', async () => {
    const { url, faults, server } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"type"');
    await once(socket, 'connect');
    await fetch(`${url}/healthz`);
    socket.destroy();
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    await server.close();
    assert.deepEqual(faults, []);
  });

  it('answers what is not HTTP with 400', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('hello\r\n\r\n');
    assert.match(await read(socket), /^HTTP\/1\.1 400 /);
  });
});

describe('the server, stopping', () => {
  const inside = (): { readonly entered: Gate; readonly leave: Gate; readonly receive: ServerParts['receive'] } => {
    const entered = gate();
    const leave = gate();
    const receive = async (): Promise<InvokeAnswer> => {
      entered.open();
      await leave.passed;
      return { status: 200, body: { done: true } };
    };
    return { entered, leave, receive };
  };

  it('finishes the turns it has and takes no more', async () => {
    const { entered, leave, receive } = inside();
    const { url, server } = await start({ receive });
    const turn = post(url);
    await entered.passed;
    const closed = server.close();
    await assert.rejects(post(url));
    leave.open();
    assert.deepEqual(await (await turn).json(), { done: true });
    await closed;
  });

  it('refuses a turn on a connection that is still open', async () => {
    const { url, server } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answer = read(socket);
    socket.write(
      `POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: ${BEARER}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`,
    );
    await once(socket, 'data');
    const closed = server.close();
    socket.write('{}');
    assert.match(await answer, /^HTTP\/1\.1 100 [^]*HTTP\/1\.1 503 [^]*Connection: close/);
    await closed;
  });

  it('is not held up by a socket that wants another protocol', async () => {
    const { url, server } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answer = read(socket);
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    assert.equal(await answer, '');
    await server.close();
  });

  it('waits eight seconds for a turn that does not end, and no longer', async () => {
    const { entered, receive } = inside();
    const { url, server, clock } = await start({ receive });
    const turn = post(url).catch(() => 'cut');
    await entered.passed;
    const closed = server.close();
    clock.advance(8 * SECOND - 1);
    assert.equal(await Promise.race([closed, fetch(`${url}/healthz`).catch(() => 'still closing')]), 'still closing');
    clock.advance(1);
    await closed;
    assert.equal(await turn, 'cut');
  });
});

describe('the server, sent what no client sends', () => {
  afterEach(() => running?.server.close());

  const lines: Readonly<Record<string, readonly [string, RegExp]>> = {
    'a host that is none': ['GET /healthz HTTP/1.1\r\nHost: a b', /^HTTP\/1\.1 200 /],
    'a port that is none': ['GET /healthz HTTP/1.1\r\nHost: a:99999', /^HTTP\/1\.1 200 /],
    'a path in the host': ['GET /healthz HTTP/1.1\r\nHost: x/metrics?', /^HTTP\/1\.1 200 [^]*"ok":true/],
    'a whole address as target': ['GET http://a:99999/ HTTP/1.1\r\nHost: a', /^HTTP\/1\.1 400 /],
  };
  for (const [what, [line, answer]] of Object.entries(lines)) {
    it(`lives on after ${what}`, async () => {
      const { url, faults } = await start();
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      const heard = read(socket);
      socket.write(`${line}\r\nConnection: close\r\n\r\n`);
      assert.match(await heard, answer);
      assert.equal((await fetch(`${url}/healthz`)).status, 200);
      assert.deepEqual(faults, []);
    });
  }

  it('keeps nothing of a body whose sender is not let in', async () => {
    const { url } = await start({ receive: () => Promise.reject(new Error('read')) });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const heard = read(socket);
    socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\nConnection: close\r\n\r\nxxxx');
    assert.match(await heard, /^HTTP\/1\.1 401 /);
  });
});
