import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { storeSuite } from './suite.ts';

const log = {
  warn(facts: object, message: string): void {
    assert.fail(`${message} ${JSON.stringify(facts)}`);
  },
};

storeSuite(
  'SQLite',
  async (clock) => {
    const home = mkdtempSync(join(tmpdir(), 'store-'));
    const store = await openStore({ dataDir: join(home, 'data'), clock, log });
    return {
      store,
      place: { dataDir: join(home, 'data'), databaseUrl: undefined },
      async remove() {
        await store.close();
        rmSync(home, { recursive: true });
      },
    };
  },
  60,
);
