import { systemClock } from '../../src/app/clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeWithPostgres, sharedPostgres } from '../support/postgres.ts';
import { quiet, storeSuite } from './suite.ts';

describeWithPostgres('on a real server', () => {
  let template: Promise<string> | undefined;

  /** A database that is up to date, to be copied: that is quicker than to build each one. */
  async function build(): Promise<string> {
    const server = await sharedPostgres();
    const name = await server.createDatabase();
    const store = await openStore({ dataDir: '', databaseUrl: server.url(name), clock: systemClock, log: quiet });
    await store.close();
    return name;
  }

  before(async function () {
    this.timeout(180_000);
    await (template ??= build());
  });

  storeSuite(
    'PostgreSQL',
    async (clock) => {
      const server = await sharedPostgres();
      const name = await server.createDatabase(await (template ??= build()));
      const store = await openStore({ dataDir: '', databaseUrl: server.url(name), clock, log: quiet });
      return {
        store,
        place: { dataDir: '', databaseUrl: server.url(name) },
        async remove() {
          await store.close();
          await server.dropDatabase(name);
        },
      };
    },
    15,
  );
});
