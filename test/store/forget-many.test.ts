import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/app/clock.ts';
import { forget } from '../../src/store/audit/forget.ts';
import { openStore } from '../../src/store/open-store.ts';
import { verified } from './audit-suite.ts';
import { alice, NOON, requestOf, stages } from './records.ts';
import { quiet } from './suite.ts';

/** More than fit into one statement of SQLite. */
const MANY = 8000;

describe('to forget a person with many requests', function () {
  this.timeout(180_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'scan-bot-forget-'));
  const place = { dataDir, databaseUrl: undefined };

  before(async () => {
    const store = await openStore({ ...place, clock: systemClock, log: quiet });
    await store.commit({ move: { before: undefined, after: requestOf({ id: 'r', stage: stages.closed }) } });
    await store.close();
    const database = new Database(join(dataDir, 'bot.db'));
    const columns = database.pragma('table_info(request)') as readonly { readonly name: string }[];
    const others = columns.map(({ name }) => name).filter((name) => name !== 'id');
    database.exec(`with recursive nth(n) as (values(2) union all select n + 1 from nth where n < ${MANY})
      insert into request (id, ${others.join(', ')})
      select 'r' || n, ${others.join(', ')} from request, nth where id = 'r'`);
    database.close();
  });
  after(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('takes them all, and leaves the chain whole', async () => {
    assert.equal((await forget(place, alice.id, NOON)).requests, MANY);
    const { found, lines } = await verified(place);
    assert.ok(!found, lines.join('\n'));
    const database = new Database(join(dataDir, 'bot.db'), { readonly: true });
    assert.deepEqual(database.prepare('select count(*) as left from request').get(), { left: 0 });
    database.close();
  });
});
