import assert from 'node:assert/strict';
import { Auditing } from '../../src/app/auditing.ts';
import { Background, Faults } from '../../src/app/background.ts';
import { Metrics } from '../../src/app/metrics.ts';
import { createLog } from '../../src/log.ts';
import { HOUR } from '../../src/scan/time.ts';
import type { Anchored, KeptAudit } from '../../src/store/audit/kept-audit.ts';
import { FakeClock } from '../support/fake-clock.ts';

interface Bench {
  readonly auditing: Auditing;
  readonly background: Background;
  readonly clock: FakeClock;
  readonly lines: string[];
  readonly done: string[];
}

function bench(
  wish: { readonly linksLate?: boolean; readonly channel?: string; readonly anchored?: Anchored } = {},
): Bench {
  const { linksLate = true, channel, anchored = 'posted' } = wish;
  const [lines, done]: [string[], string[]] = [[], []];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const [clock, background] = [new FakeClock(), new Background(new Faults(log, new Metrics()))];
  const audit: KeptAudit = {
    linksLate,
    async link() {
      done.push('link begins');
      await new Promise(setImmediate);
      done.push('link ends');
      return 1;
    },
    anchor(where) {
      done.push(`anchor in ${where}`);
      return Promise.resolve(anchored);
    },
  };
  return { auditing: new Auditing({ audit, channel, clock, log, background }), background, clock, lines, done };
}

describe('the audit of a bot', () => {
  it('is linked after commits, one link at a time, and never too seldom', async () => {
    const { auditing, background, done } = bench();
    for (let count = 0; count < 5; count += 1) auditing.committed();
    await background.settled();
    assert.deepEqual(done, ['link begins', 'link ends', 'link begins', 'link ends']);
  });

  it('is not linked after commits where that is done within them', async () => {
    const { auditing, background, done } = bench({ linksLate: false });
    auditing.committed();
    await background.settled();
    assert.deepEqual(done, []);
  });

  it('is linked at the start and every hour, and anchored where a channel is named', async () => {
    const { auditing, background, clock, done } = bench({ channel: '19:a' });
    auditing.start();
    await background.settled();
    assert.deepEqual(done, ['link begins', 'link ends', 'anchor in 19:a']);
    clock.advance(HOUR);
    await background.settled();
    assert.equal(done.length, 6);
    auditing.stop();
    clock.advance(9 * HOUR);
    assert.equal(done.length, 6);
  });

  it('says what is missing for an anchor', async () => {
    const { auditing, background, lines } = bench({ channel: '19:a', anchored: 'channel not known' });
    auditing.start();
    await background.settled();
    assert.match(lines.join(), /Mention it there once/);
  });
});
