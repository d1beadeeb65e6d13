import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { HttpServer, json } from '../../src/sandbox/http.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { people } from '../support/cast.ts';
import { House } from '../support/house.ts';
import { Scene } from '../support/scene.ts';

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              attributes: z.array(Attribute),
            }),
          ),
        }),
      ),
    }),
  ),
});
type Span = z.infer<typeof Sent>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

describe('traces', () => {
  const bodies: string[] = [];
  let collector: HttpServer;
  let house: House;

  before(async () => {
    const answer = (call: { readonly text: string }): ReturnType<typeof json> => {
      bodies.push(call.text);
      return json(200, {});
    };
    collector = await HttpServer.start({ routes: [{ method: 'POST', path: '/v1/traces', answer }], maxBytes: 1 << 24 });
    house = await House.open({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const scene = new Scene(house, { comment: 'Zyklamen' });
    await scene.asks();
    // Another process takes it from here, and the end is told hours later.
    await house.stop();
    house.clock.advance(HOUR / 2);
    await house.start();
    await scene.presses();
    await scene.comesTo('Scan running');
    await scene.isTold();
    await house.close();
  });

  after(() => collector.close());

  function spans(): readonly Span[] {
    const sent = bodies.map((body) => Sent.parse(JSON.parse(body)));
    return sent.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap((one) => one.scopeSpans.flatMap((it) => it.spans)),
    );
  }

  it('lead from the message to the notice at the end, through restarts', () => {
    const asking = spans().find(({ name }) => name === 'turn message');
    assert.ok(asking !== undefined);
    const inIt = spans().filter(({ traceId }) => traceId === asking.traceId);
    const names = new Set(inIt.map(({ name }) => name));
    for (const name of ['work request', 'work message', 'call defender', 'call teams'])
      assert.ok(names.has(name), name);
    const messages = inIt.filter(({ name }) => name === 'work message');
    assert.ok(messages.length >= 4, `${messages.length} messages`);
    assert.ok(messages.every(({ parentSpanId }) => parentSpanId !== undefined));
  });

  it('name the request, and no person, device, word or token', () => {
    const asking = spans().find(({ name }) => name === 'turn message');
    assert.ok(asking?.attributes.some(({ key }) => key === 'scanbot.request'));
    const all = bodies.join('\n');
    const { oid, name, upn, teamsId } = people[0]!;
    const device = house.defender.devices.find((one) => one.name.startsWith('fin-laptop-07'))!;
    for (const word of ['Zyklamen', oid, name, upn, teamsId, device.id, 'fin-laptop', 'eyJ', '127.0.0.1']) {
      assert.ok(!all.includes(word), word);
    }
  });

  it('cost nothing where no collector is named', () => {
    const script = `
      import { registerHooks } from 'node:module';
      const asked = [];
      registerHooks({ resolve: (name, from, next) => (asked.push(name), next(name, from)) });
      await import('./src/app.ts');
      console.log(asked.length > 100, asked.filter((name) => /opentelemetry.(sdk|exporter|resources|context)/.test(name)));
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.equal(stdout.trim(), 'true []', stderr);
  });

  it('do not stop a bot whose collector does not answer', async function () {
    this.timeout(180 * SECOND);
    const deaf = await House.open({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    try {
      const scene = new Scene(deaf);
      await scene.asks();
    } finally {
      const began = performance.now();
      await deaf.close();
      assert.ok(performance.now() - began < 8 * SECOND);
    }
  });
});
