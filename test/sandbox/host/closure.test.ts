import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

const SRC = resolve(import.meta.dirname, '../../../src');
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** Every file that is read when this one is started. */
function closureOf(start: string): readonly string[] {
  const seen = new Set<string>();
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!file.endsWith('.ts')) continue;
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) open.push(resolve(dirname(file), path));
  }
  return [...seen];
}

describe('what npm start reads', () => {
  const files = closureOf(resolve(SRC, 'main.ts'));

  it('is found file by file', () => {
    assert.ok(files.length > 50);
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('has nothing of the sandbox', () => {
    assert.deepEqual(
      files.map((file) => relative(SRC, file)).filter((file) => file.includes('sandbox')),
      [],
    );
  });
});
