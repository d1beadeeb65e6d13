import assert from 'node:assert/strict';
import { browserCommand } from '../../../src/sandbox/host/browser.ts';
import { readFlags } from '../../../src/sandbox/host/flags.ts';
import { SandboxPace, TIME_LAPSES } from '../../../src/sandbox/host/pace.ts';
import { listenNear } from '../../../src/sandbox/host/port.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/scan/time.ts';

const URL = 'http://127.0.0.1:5180';

describe('the start of the sandbox', () => {
  it('knows its options', () => {
    const usual = { open: true, verbose: false, help: false, doctor: false, dataDir: undefined, port: undefined };
    assert.deepEqual(readFlags([]), { ok: true, flags: usual });
    const all = readFlags(['--no-open', '--data', 'kept', '--port', '0', '--verbose']);
    assert.deepEqual(all, { ok: true, flags: { ...usual, open: false, dataDir: 'kept', port: 0, verbose: true } });
  });

  for (const args of [
    ['--port'],
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port='],
    ['--data='],
    ['--fast'],
    ['more'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      assert.equal(readFlags(args).ok, false);
    });
  }

  it('opens a browser where somebody sits before one', () => {
    assert.deepEqual(browserCommand(URL, { platform: 'darwin', env: {} }), ['open', URL]);
    assert.deepEqual(browserCommand(URL, { platform: 'win32', env: {} })?.at(-1), URL);
    assert.deepEqual(browserCommand(URL, { platform: 'linux', env: { DISPLAY: ':0' } }), ['xdg-open', URL]);
    assert.deepEqual(browserCommand(URL, { platform: 'linux', env: { WAYLAND_DISPLAY: 'w' } }), ['xdg-open', URL]);
    assert.equal(browserCommand(URL, { platform: 'linux', env: { DISPLAY: '' } }), undefined);
    assert.equal(browserCommand(URL, { platform: 'darwin', env: { CI: 'true' } }), undefined);
  });

  it('takes the usual port, or the next that is free, but only the one that was asked for', async () => {
    const taken = new Set([5180, 5181]);
    const listen = (port: number): Promise<number> =>
      taken.has(port)
        ? Promise.reject(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }))
        : Promise.resolve(port);
    assert.equal(await listenNear(undefined, listen), 5182);
    assert.equal(await listenNear(7000, listen), 7000);
    await assert.rejects(listenNear(5181, listen));
    await assert.rejects(
      listenNear(undefined, () => Promise.reject(new Error('something else'))),
      /something else/,
    );
  });
});

describe('the sandbox’s pace', () => {
  it('lets a full scan take 20 seconds at first', () => {
    assert.equal(new SandboxPace().full, 20 * SECOND);
  });

  it('is that of life when nothing is sped up', () => {
    const pace = new SandboxPace();
    pace.factor = 1;
    const { pickUp, acknowledge, quick, full } = pace;
    assert.deepEqual(
      { pickUp, acknowledge, quick, full },
      { pickUp: 8 * SECOND, acknowledge: 22 * SECOND, quick: 6 * MINUTE, full: 2 * HOUR },
    );
  });

  it('leaves every step to be seen, in its order, however fast', () => {
    for (const { factor } of TIME_LAPSES) {
      const pace = new SandboxPace();
      pace.factor = factor;
      assert.ok(pace.pickUp >= SECOND && pace.acknowledge >= SECOND, `${factor}`);
      assert.ok(pace.acknowledge < pace.quick && pace.quick < pace.full && pace.full < pace.expiry, `${factor}`);
    }
  });
});
