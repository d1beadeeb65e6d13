import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { APP_ID, message } from './support/activities.ts';
import { unsigned } from './support/channel.ts';
import { Entrance } from './support/entrance.ts';

const CONNECTIONS = 20;
const LITTLE = 2 * 1024 * 1024;
const ROUNDS = 4;

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** As Entra would sign it for a tenant of its own, but that nobody signed it. */
function forged(): string {
  const tid = randomUUID();
  const claims = { aud: APP_ID, azp: APP_ID, ver: '2.0', iss: `https://login.microsoftonline.com/${tid}/v2.0`, tid };
  return unsigned({ alg: 'RS256', kid: randomUUID() }, { ...claims, exp: Math.floor(Date.now() / 1000) + 600 });
}

function attempt(url: string, agent: Agent): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${forged()}` };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(message('help', { id: randomUUID() })));
  });
}

async function attempts(url: string, count: number, agent: Agent): Promise<ReadonlySet<number>> {
  const seen = new Set<number>();
  const one = async (): Promise<void> => {
    for (let done = 0; done < count / CONNECTIONS; done += 1) seen.add(await attempt(url, agent));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return seen;
}

describe('10 000 requests with tokens that nobody signed', () => {
  let entrance: Entrance;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  before(async () => {
    entrance = await Entrance.open();
  });
  after(async () => {
    agent.destroy();
    await entrance.close();
  });

  it('are refused and leave the heap where it was', async function () {
    this.timeout(180_000);
    await attempts(entrance.url, 1000, agent);
    let grown = Infinity;
    // Others in this process may keep something meanwhile, once; a leak shows each time.
    for (let round = 0; round < ROUNDS && grown > LITTLE; round += 1) {
      entrance.forget();
      const before = heapUsed();
      assert.deepEqual(await attempts(entrance.url, 10_000, agent), new Set([401]));
      entrance.forget();
      grown = heapUsed() - before;
    }
    assert.ok(grown <= LITTLE, `${grown} bytes more`);
  });
});
