import assert from 'node:assert/strict';
import { Background, Faults } from '../../src/app/background.ts';
import type { House } from '../../src/app/house.ts';
import { Metrics } from '../../src/app/metrics.ts';
import { watchOf } from '../../src/app/watch.ts';
import { createLog } from '../../src/log.ts';
import { SECOND } from '../../src/scan/time.ts';
import { FakeClock } from '../support/fake-clock.ts';

function watched(): { watch: ReturnType<typeof watchOf>; clock: FakeClock; lines: string[]; metrics: Metrics } {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const metrics = new Metrics();
  const faults = new Faults(log, metrics);
  const clock = new FakeClock();
  const house = { log, metrics, faults, clock, background: new Background(faults) } as unknown as House;
  return { watch: watchOf(house), clock, lines, metrics };
}

describe('what the operator sees', () => {
  it('of strangers is one line a second for each reason, and a count of all', async () => {
    const { watch, clock, lines, metrics } = watched();
    for (let n = 0; n < 100; n += 1) watch.refused(401, 'no-bearer');
    watch.refused(403, 'tenant');
    assert.equal(lines.length, 2);
    clock.advance(SECOND);
    watch.refused(401, 'no-bearer');
    assert.equal(lines.length, 3);
    assert.match(await metrics.text(), /scanbot_refused_total\{why="no-bearer"\} 101/);
  });

  it('of a fault is one line with its reference', () => {
    const { watch, lines } = watched();
    watch.fault('turn', new Error('broken'), 'abc123');
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /"reference":"abc123"/);
  });

  it('of background work is its fault, not its end', async () => {
    const { watch, lines } = watched();
    const failing = Promise.reject(new Error('broken'));
    watch.inBackground('token exchange', failing);
    watch.inBackground('token exchange', Promise.resolve());
    await failing.catch(() => undefined);
    await new Promise(setImmediate);
    assert.equal(lines.length, 1);
  });
});
