import assert from 'node:assert/strict';
import type { PersonId, RequestId } from '../../src/scan/ids.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { checkAll } from '../../src/store/commands/verify.ts';
import { openStore } from '../../src/store/open-store.ts';
import { connect } from '../../src/store/postgres/connect.ts';
import { WITHOUT_HURRY } from '../../src/store/postgres/pool.ts';
import { quiet } from '../store/suite.ts';
import { people } from '../support/cast.ts';
import { House } from '../support/house.ts';
import { describeWithPostgres, Postgres, until } from '../support/postgres.ts';
import { signInCards } from '../support/shown.ts';

describeWithPostgres('the bot on PostgreSQL', function () {
  this.timeout(180_000);
  let server: Postgres;
  let database: string;
  let house: House;

  before(async () => {
    server = await Postgres.start();
  });

  beforeEach(async () => {
    database = await server.createDatabase();
    house = await House.open({ DATABASE_URL: server.url(database), RETENTION_DAYS: '30' });
  });

  afterEach(() => house.close());

  after(() => server.remove());

  async function scanToTheEnd(): Promise<void> {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows('Waiting for confirmation');
    await driver.presses('alice', 'Run scan');
    await house.shows('Submitted, waiting for the device');
    await house.passes(20 * SECOND, 'Scan running');
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)');
    await house.passes(2 * MINUTE, 'Scan finished: Succeeded');
  }

  async function isEmpty(question: string): Promise<boolean> {
    return (await server.ask(database, question)).length === 0;
  }

  async function status(path: string): Promise<number> {
    return (await fetch(`${house.url}${path}`)).status;
  }

  it('scans to the end, counts its calls, and leaves rows that break no rule', async () => {
    await scanToTheEnd();
    const quotas = await server.ask(database, 'select id from quota order by id');
    const apis = quotas.map(({ id }) => id);
    assert.ok(
      ['defender find-devices', 'defender start-scan'].every((api) => apis.includes(api)),
      apis.join(),
    );
    const db = connect(server.url(database), WITHOUT_HURRY);
    try {
      assert.deepEqual(await checkAll(db, house.clock.now()), []);
    } finally {
      await db.destroy();
    }
  });

  it('lets go of what it was asked for long ago', async () => {
    await scanToTheEnd();
    const requests = (): Promise<readonly unknown[]> => server.ask(database, 'select id from request');
    assert.equal((await requests()).length, 1);
    house.clock.advance(30 * DAY + HOUR);
    await until(async () => (await requests()).length === 0, 'the sweep');
    assert.ok((await server.ask(database, "select 1 from event where what = 'forgotten'")).length > 0);
  });

  it('does at once what another replica leaves it to do', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows('Waiting for confirmation');
    const options = { dataDir: '', databaseUrl: server.url(database), clock: house.clock, log: quiet };
    const other = await openStore(options);
    try {
      const [asked] = await server.ask(database, 'select id from request');
      const request = await other.request(asked?.['id'] as RequestId);
      assert.ok(request);
      const content = { kind: 'notice', notice: { say: 'welcome' }, mention: false } as const;
      await other.commit({ messages: [{ id: 'left', thread: request.thread, to: request.requester, content }] });
      const left = "select 1 from message where id = 'left' and done_at is null";
      await until(() => isEmpty(left), 'the delivery');
    } finally {
      await other.close();
    }
  });

  it('forgets the sign-in of whoever signs out at another replica', async () => {
    const { driver } = house.teams;
    await scanToTheEnd();
    const place = driver.personalChat('alice');
    house.teams.moods.tokens = { kind: 'forgets' };
    await driver.says('alice', 'my scans', place);
    await driver.until(() => driver.cardMessages(place).length > 0, 'an answer out of memory');
    assert.deepEqual(signInCards(driver.messages(place)), []);
    const options = { dataDir: '', databaseUrl: server.url(database), clock: house.clock, log: quiet };
    const other = await openStore(options);
    try {
      const alice = people.find(({ handle }) => handle === 'alice')?.oid as PersonId;
      await other.commit({ signedOut: alice });
    } finally {
      await other.close();
    }
    const asked = async (): Promise<boolean> => {
      await driver.says('alice', 'my scans', place);
      return signInCards(driver.messages(place)).length > 0;
    };
    await until(asked, 'a sign-in that is asked for');
  });

  it('takes no message for taken while the database is away', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await server.kill();
    const said = await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    assert.equal(said.status, 503);
    await server.up();
    assert.equal((await driver.sends(said.activity)).status, 200);
    await house.shows('Waiting for confirmation');
  });

  it('is not ready while the database is away, and then goes on where it was', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows('Waiting for confirmation');
    assert.equal(await status('/readyz'), 200);
    // What is being delivered just then would be delivered once more, but only when its lease is over.
    await until(() => isEmpty('select 1 from message where due_at is not null'), 'the end of all deliveries');
    await server.kill();
    assert.equal(await status('/readyz'), 503);
    assert.equal(await status('/readyz'), 503);
    assert.equal(await status('/healthz'), 200);
    await server.up();
    assert.equal(await status('/readyz'), 200);
    await driver.presses('alice', 'Run scan');
    await house.shows('Submitted, waiting for the device');
    assert.equal(house.starts().length, 1);
    const said = house.lines.filter((line) => line.includes('The store '));
    assert.deepEqual(
      said.map((line) => (JSON.parse(line) as { msg: string }).msg),
      ['The store does not work: not ready', 'The store works again'],
    );
    assert.doesNotMatch(house.lines.join(), /postgres:/);
  });
});
