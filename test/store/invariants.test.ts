import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { systemClock } from '../../src/app/clock.ts';
import { checkAll } from '../../src/store/commands/verify.ts';
import { openSqlite } from '../../src/store/embedded/sqlite.ts';
import type { SqliteDatabase } from '../../src/store/embedded/sqlite.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import { fill } from './filled.ts';
import { quiet } from './suite.ts';

/** What is done to the rows behind the store’s back, and what is found. */
const BROKEN: readonly (readonly [string, string, RegExp])[] = [
  [
    'a revision',
    "update request set rev = 7 where id = 'ended'",
    /^request ended: its column rev is not what it says itself/,
  ],
  ['a stage', "update request set stage = 'closed' where id = 'followed'", /^request followed: its column stage/],
  ['a document', "update request set doc = '{' where id = 'ended'", /^request ended: its document cannot be read/],
  [
    'a due time that is missing',
    "update request set due_at = null where id = 'waiting'",
    /^request waiting: its stage approved has a time, and it is never due/,
  ],
  ['a due time too many', "update request set due_at = 1 where id = 'ended'", /^request ended: it is over and due/],
  ['a follower that rests', 'update follower set due_at = null', /^request followed: nobody follows its scan/],
  [
    'a lease at rest',
    "update request set lease_until = 1 where id = 'ended'",
    /^request ended: it is taken, but rests/,
  ],
  [
    'a lease without end',
    "update message set lease_until = 9e15, attempt = 1 where id = 'of waiting'",
    /^message of waiting: it is taken for longer/,
  ],
  ['a wish without a claim', 'update follower set again_at = 1', /^follower alice: it waits for the end of a claim/],
  ['a row that is given up and due', 'update errand set dead_at = 1', /^errand errand: it was given up and is due/],
  [
    'an end that nobody asked to look for',
    "update request set confirm_at = 1 where id = 'ended'",
    /^request ended: whether its end is looked for/,
  ],
  ['an orphan card', "insert into card values ('gone', 'channel', 'a', 1)", /^card of gone: its request is not there/],
  [
    'an event of nothing',
    "insert into event (request, at, who, what, facts) values ('gone', 1, 'bot', 'asked', '{}')",
    /^event of gone: its request is not there/,
  ],
  [
    'a request from nowhere',
    "insert into request (id, rev, stage, is_over, waits_sign_in, person, asked_at, doc) select 'new', rev, stage, is_over, waits_sign_in, person, asked_at, replace(doc, '\"ended\"', '\"new\"') from request where id = 'ended'",
    /^request new: nothing was written down/,
  ],
  ['a search that is lost', 'update search set due_at = null', /^search ended: it is neither done nor given up/],
  ['a search without a request', "update search set id = 'gone'", /^search gone: its request is not there/],
  [
    'a message that is lost',
    "update message set due_at = null where id = 'of waiting'",
    /^message of waiting: it is neither delivered nor given up/,
  ],
  [
    'a message that is done and due',
    "update message set due_at = 1 where id = 'of ended'",
    /^message of ended: it is delivered and due/,
  ],
  ['a message to nowhere', 'delete from thread', /^message of followed: its thread is not known/],
  ['an errand that is lost', 'update errand set due_at = null', /^errand errand: it is neither done nor given up/],
  [
    'one scan that two have',
    "update request set stage = 'following', is_over = 0, over_at = null, doc = (select replace(doc, '\"followed\"', '\"ended\"') from request where id = 'followed') where id = 'ended'",
    /^request followed: request ended has the same scan/,
  ],
];

describe('the rules of the store', () => {
  let home: string;
  let store: KeptStore;
  let tables: SqliteDatabase['db'];

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'rules-'));
    store = await openStore({ dataDir: home, clock: systemClock, log: quiet });
    tables = openSqlite(join(home, 'bot.db')).db;
    await fill(store);
  });

  afterEach(async () => {
    await tables.destroy();
    await store.close();
    rmSync(home, { recursive: true });
  });

  async function findings(): Promise<readonly string[]> {
    return (await checkAll(tables, Date.now())).map(({ row, what }) => `${row}: ${what}`);
  }

  it('hold while it is used as it should be', async () => {
    assert.deepEqual(await findings(), []);
  });

  for (const [what, statement, finding] of BROKEN) {
    it(`are broken by ${what}`, async () => {
      await sql.raw(statement).execute(tables);
      const found = await findings();
      assert.ok(
        found.some((one) => finding.test(one)),
        found.join('\n'),
      );
    });
  }
});
