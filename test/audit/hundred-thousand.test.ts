import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/app/clock.ts';
import { SECOND } from '../../src/scan/time.ts';
import { openStore } from '../../src/store/open-store.ts';
import { verified } from '../store/audit-suite.ts';
import { alice, eventOf } from '../store/records.ts';
import { quiet } from '../store/suite.ts';

const RECORDS = 100_000;
const AT_ONCE = 500;
const WITHIN_SECONDS = 10;

describe('an audit of 100,000 records', function () {
  this.timeout(300 * SECOND);
  const dataDir = mkdtempSync(join(tmpdir(), 'scan-bot-audit-'));

  before(async () => {
    const store = await openStore({ dataDir, clock: systemClock, log: quiet });
    const event = { ...eventOf('r'), who: alice.id, personal: { comment: 'alert 3212' } };
    const events = Array.from({ length: AT_ONCE }, () => event);
    for (let count = 0; count < RECORDS; count += AT_ONCE) await store.commit({ events });
    await store.close();
  });
  after(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  // By the work that it is, not by the clock on the wall: others may be using the machine.
  it('is verified, with what stands beside it, in less than ten seconds of work', async () => {
    const began = process.cpuUsage();
    const { found, lines } = await verified({ dataDir, databaseUrl: undefined });
    const { user, system } = process.cpuUsage(began);
    const seconds = (user + system) / 1_000_000;
    assert.ok(!found, lines.join('\n'));
    assert.match(lines[0] ?? '', /^100000 records/);
    process.stdout.write(`    (${seconds.toFixed(1)} s)\n`);
    assert.ok(seconds < WITHIN_SECONDS, `${seconds} s`);
  });
});
