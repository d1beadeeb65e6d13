import assert from 'node:assert/strict';
import { systemClock } from '../../src/app/clock.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import { describeWithPostgres, Postgres, until } from '../support/postgres.ts';
import { messageOf, moved, requestOf, stages } from './records.ts';
import { quiet } from './suite.ts';

describeWithPostgres('a store whose database goes away', function () {
  this.timeout(180_000);
  let server: Postgres;
  let database: string;
  let store: KeptStore | undefined;

  before(async () => {
    server = await Postgres.start();
  });

  beforeEach(async () => {
    database = await server.createDatabase();
    store = await open();
  });

  afterEach(async () => {
    await store?.close();
  });

  after(async () => {
    await server.remove();
  });

  function open(log = quiet): Promise<KeptStore> {
    return openStore({ dataDir: '', databaseUrl: server.url(database), clock: systemClock, log });
  }

  for (const [how, away] of [
    ['shut down', () => server.stop()],
    ['killed', () => server.kill()],
  ] as const) {
    it(`says so while it is ${how}, keeps what it acknowledged, and goes on by itself`, async () => {
      assert.ok(store);
      const before = requestOf();
      await store.commit({ move: { before: undefined, after: before } });
      const claims = await store.claim('request', Date.now() + HOUR, 9);
      let wakes = 0;
      store.onWake(() => (wakes += 1));
      await away();
      await assert.rejects(store.check());
      await assert.rejects(store.commit({ once: 'o', messages: [messageOf('m')] }));
      await assert.rejects(store.claim('message', Date.now() + HOUR, 9));
      await assert.rejects(store.calls.take('q', [{ length: MINUTE, most: 1 }], Date.now()));
      await server.up();
      await store.check();
      assert.deepEqual(await store.request(before.id), before);
      assert.equal(await store.message('m'), undefined);
      assert.equal(await store.commit({ once: 'o', messages: [messageOf('m')] }), true);
      await store.putBack(claims[0]!, Date.now(), false);
      assert.equal((await store.claim('request', Date.now() + HOUR, 9)).length, 1);
      await until(() => Promise.resolve(wakes > 0), 'the wake once the database is back');
    });
  }

  it('loses no commit that it acknowledged and keeps no half of one, however often the database is killed', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      let going = true;
      const write = async (): Promise<void> => {
        while (going) {
          const after = requestOf();
          const parts = { once: after.id, messages: [messageOf(`a ${after.id}`), messageOf(`b ${after.id}`)] };
          const written = await store!.commit({ move: { before: undefined, after }, ...parts }).catch(() => false);
          if (written) acknowledged.push(after.id);
        }
      };
      const writers = [write(), write(), write()];
      const enough = (round + 1) * 20;
      await until(() => Promise.resolve(acknowledged.length >= enough), 'some commits');
      await server.kill();
      going = false;
      await Promise.all(writers);
      await server.up();
    }
    const kept = new Set((await server.ask(database, 'select id from request')).map(({ id }) => id));
    assert.deepEqual(
      acknowledged.filter((id) => !kept.has(id)),
      [],
    );
    const halves = `select id from request r where 2 <> (
      select count(*) from message m where m.id in ('a ' || r.id, 'b ' || r.id))`;
    assert.deepEqual(await server.ask(database, halves), []);
  });

  it('breaks in the middle of a commit without taking the process along', async () => {
    assert.ok(store);
    await server.ask(
      database,
      `create function die() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`,
    );
    await server.ask(database, 'create trigger die after update on request for each row execute function die()');
    const before = requestOf();
    await store.commit({ move: { before: undefined, after: before } });
    const move = { before, after: moved(before, stages.closed) };
    await assert.rejects(store.commit({ once: 'o', move }), { code: '57P01' });
    assert.deepEqual(await store.request(before.id), before);
    assert.equal(await store.commit({ once: 'o' }), true);
  });

  it('is waited for at the start', async () => {
    await store?.close();
    store = undefined;
    await server.stop();
    const said: string[] = [];
    const opening = open({ warn: (_facts: object, message: string) => void said.push(message) });
    await until(() => Promise.resolve(said.length > 0), 'the word about it');
    await server.up();
    store = await opening;
    await store.check();
    assert.match(said[0]!, /does not answer yet/);
  });
});

describeWithPostgres('a database that cannot be used', function () {
  this.timeout(180_000);
  let server: Postgres;

  before(async () => {
    server = await Postgres.start();
    await server.ask('postgres', "create role stranger login password 'k8Q-secret'");
  });

  after(async () => {
    await server.remove();
  });

  const openAt = (databaseUrl: string): Promise<KeptStore> =>
    openStore({ dataDir: '', databaseUrl, clock: systemClock, log: quiet });

  it('is refused in words that name no secret', async () => {
    const [host, name] = [`127.0.0.1:${server.port}`, await server.createDatabase()];
    const wrong = [
      [`postgres://bot:k8Q-secret@${host}/nowhere`, /has no database by that name/],
      [`postgres://nobody:k8Q-secret@${host}/${name}`, /does not let this account in/],
      [`postgres://stranger:k8Q-secret@${host}/${name}`, /may create tables/],
    ] as const;
    for (const [url, why] of wrong) {
      await assert.rejects(openAt(url), (fault: Error) => {
        assert.equal(fault.name, 'StoreUnreachable');
        assert.match(fault.message, why);
        assert.doesNotMatch(fault.message, /k8Q/);
        return true;
      });
    }
  });
});
