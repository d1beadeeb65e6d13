import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { FollowedDay } from '../../bench/follow/day.ts';
import { Limits } from '../../bench/follow/limits.ts';
import { readOptions } from '../../bench/options.ts';
import { between } from '../../bench/report.ts';
import { isInstalled, PEERS, skipped } from '../../bench/turn/candidates.ts';
import { quantile, ratio, spread } from '../../bench/measure/statistics.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';

const MAIN = resolve(import.meta.dirname, '../../bench/main.ts');

describe('the benchmark', () => {
  it('tells what a turn costs and how scans are followed, whatever the figures are', async () => {
    const args = [MAIN, '--quick', '--only', 'turn,follow'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 100_000 });
    assert.match(stdout, /^\d{4}-\d\d-\d\d: \d+ × .+Node \d+.+$/m);
    assert.match(stdout, /^\| Scan Bot, `help` +\| \d+ +\| /m);
    assert.match(stdout, /^\| Scan Bot, `scan …` +\| \d+ +\| /m);
    assert.match(stdout, /^Turns not answered with 200: 0\. Live heap of Scan Bot before and after 50 turns: /m);
    assert.match(stdout, /^\| Scan Bot, 20 requesters \| 100 +\| 100 +\| \d+ +\| \d+ +\| 0 +\| /m);
    assert.match(stdout, /^\| Turn +\| heap flat over 50 turns .+\| -?\d+\.\d+ MB +\| (met|missed) +\|$/m);
  }).timeout(110_000);

  it('names the peers that it cannot measure', () => {
    const missing = PEERS.filter((peer) => !isInstalled(peer));
    assert.deepEqual(
      missing.filter(({ name }) => !skipped(PEERS).join('\n').includes(name)),
      [],
    );
    const nowhere = { name: 'nobody', file: 'nobody.js', packages: ['no-such-package'], entra: false };
    assert.match(skipped([nowhere]).join('\n'), /not installed .*: nobody\.$/m);
  });

  it('takes the parts that are asked for, and no others', () => {
    assert.deepEqual(readOptions(['--only', 'turn,cost'])?.only, ['turn', 'cost']);
    assert.equal(readOptions([])?.only.length, 5);
    assert.equal(readOptions(['--only', 'dance']), undefined);
    assert.equal(readOptions(['--sideways']), undefined);
  });

  it('compares round by round', () => {
    assert.equal(ratio([1, 20, 3], [2, 40, 6]), 0.5);
    assert.equal(spread([3, 1, 2]), '2 (1–3)');
  });

  it('writes between the marks of the README alone', () => {
    const readme = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n';
    assert.equal(between(readme, 'new'), 'before\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nafter\n');
    assert.throws(() => between('no marks', 'new'));
  });

  it('sees everybody followed in their turn, as often as Defender allows for all of them', async () => {
    const { delays, refused } = await new FollowedDay({ scans: 200, requesters: 20, reader: 'requester' }).pass();
    assert.deepEqual([delays.length, refused], [200, 0]);
    assert.ok(quantile(delays, 0.95) <= 75 * SECOND, `told after ${quantile(delays, 0.95)} ms`);
  });

  it('counts calls as Defender does', () => {
    const limits = new Limits();
    const taken = Array.from({ length: 101 }, () => limits.take(0));
    assert.deepEqual([taken.indexOf(false), limits.counted.refused], [100, 1]);
    assert.equal(limits.take(MINUTE), true);
  });
});
