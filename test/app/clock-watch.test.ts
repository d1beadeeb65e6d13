import assert from 'node:assert/strict';
import { ClockWatch } from '../../src/app/clock-watch.ts';
import { createLog } from '../../src/log.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';

describe('a clock that is set', () => {
  it('is told of, back or forward, once, and one that goes a little wrong is not', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    let now = { shown: 0, passed: 0 };
    const watch = new ClockWatch(log, () => now);
    const passes = (shown: number, passed: number): void => {
      now = { shown: now.shown + shown, passed: now.passed + passed };
      watch.look();
    };
    passes(10 * SECOND, 10 * SECOND);
    passes(12 * SECOND, 10 * SECOND);
    assert.deepEqual(lines, []);
    passes(HOUR + 10 * SECOND, 10 * SECOND);
    passes(10 * SECOND, 10 * SECOND);
    passes(-HOUR + 10 * SECOND, 10 * SECOND);
    const told = lines.map((line) => JSON.parse(line) as { readonly seconds: number; readonly msg: string });
    assert.deepEqual(
      told.map(({ seconds, msg }) => [seconds, /forward|back/.exec(msg)?.[0]]),
      [
        [3600, 'forward'],
        [-3600, 'back'],
      ],
    );
  });
});
