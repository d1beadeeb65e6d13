import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SECOND } from '../src/scan/time.ts';
import { GUARDS } from '../torture/guards/guards.ts';
import { rewritten } from '../torture/guards/rewrite.ts';
import { BadOption, readOptions } from '../torture/options.ts';
import { Random } from '../torture/random.ts';
import { describeWithPostgres } from './support/postgres.ts';

const MAIN = resolve(import.meta.dirname, '../torture/main.ts');

/** A run as it is started by hand; resolves with its exit code and all that it said. */
async function tortured(...args: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'torture-'));
  const run = spawn(process.execPath, [MAIN, '--ledger', join(dir, 'ledger.jsonl'), ...args]);
  let said = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = (await once(run, 'close')) as [unknown];
  rmSync(dir, { recursive: true, force: true });
  return { code, said };
}

describe('torture, in short', function () {
  this.timeout(600 * SECOND);

  it('breaks no rule of a bot with an embedded store', async () => {
    const { code, said } = await tortured('--for', '10s', '--store', 'sqlite', '--seed', 'ci');
    assert.equal(code, 0, said);
    assert.match(said, /^sqlite: bouts 1, .* violations 0$/m);
  });

  it('breaks a bot that does not write down what it is about to send', async () => {
    const { code, said } = await tortured('--without', 'intention');
    assert.equal(code, 1, said);
    assert.match(said, /VIOLATION started once/);
  });
});

describeWithPostgres('torture of replicas, in short', function () {
  this.timeout(600 * SECOND);

  it('breaks no rule of two bots on PostgreSQL', async () => {
    const { code, said } = await tortured('--for', '10s', '--store', 'postgres', '--replicas', '2', '--seed', 'ci');
    assert.equal(code, 0, said);
    assert.match(said, /^postgres: bouts 1, .* violations 0$/m);
  });
});

describe('the guards that torture takes out', () => {
  for (const { name, taken } of GUARDS) {
    it(`are where they are said to be: ${name}`, () => {
      for (const rewriting of taken) assert.notEqual(rewritten(rewriting), '');
    });
  }

  it('have names of their own', () => {
    assert.equal(new Set(GUARDS.map(({ name }) => name)).size, GUARDS.length);
  });
});

describe('a torture’s options', () => {
  it('are ten minutes of all that is installed, unless said', () => {
    const options = readOptions([]);
    assert.equal(options.forMs, 600 * SECOND);
    assert.equal(options.stores, undefined);
  });

  it('are refused with a sentence where they cannot be read', () => {
    for (const args of [['--for', 'long'], ['--store', 'files'], ['--replicas', '0'], ['--what']]) {
      assert.throws(() => readOptions(args), BadOption);
    }
  });
});

describe('chance with a seed', () => {
  it('is the same again, and another with another seed', () => {
    const drawn = (seed: string): readonly number[] => {
      const random = new Random(seed).fork('part');
      return Array.from({ length: 5 }, () => random.next());
    };
    assert.deepEqual(drawn('a'), drawn('a'));
    assert.notDeepEqual(drawn('a'), drawn('b'));
  });
});
