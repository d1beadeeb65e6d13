import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics } from '../../src/app/metrics.ts';
import { TURNED_AWAY } from '../../src/app/watching/words.ts';
import { APIS } from '../../src/defender/call-budget.ts';

const ROOT = join(import.meta.dirname, '../..');

function source(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

describe('the words of labels', () => {
  it('are known for every reason to turn somebody away', () => {
    const said = [...source('src/teams/inbound-trust.ts').matchAll(/refuse\(\d+, '([\w-]+)'\)/g)].map(
      ([, why]) => why!,
    );
    assert.ok(said.length > 8);
    assert.deepEqual(
      [...new Set(said)].filter((why) => !TURNED_AWAY.includes(why)),
      [],
    );
  });

  it('are known for every API that has a quota', () => {
    const type = /export type DefenderApi =([^;]*);/.exec(source('src/defender/call-budget.ts'))![1]!;
    const named = [...type.matchAll(/'([\w-]+)'/g)].map(([, api]) => api!);
    assert.deepEqual([...APIS].sort(), named.sort());
  });

  it('begin at nought, so that the first of a kind is an increase', async () => {
    const text = await new Metrics().text();
    for (const line of ['scanbot_ended_total{how="unclear"} 0', 'scanbot_faults_total{where="audit"} 0']) {
      assert.ok(text.includes(`${line}\n`), line);
    }
  });
});

describe('what is shipped for watching', () => {
  it('is told of in the documentation, every measure and no other', async () => {
    const known = [...(await new Metrics().text()).matchAll(/^# TYPE (scanbot_\w+)/gm)].map(([, name]) => name!);
    const told = [...source('docs/observability.md').matchAll(/^\| `(scanbot_\w+)/gm)].map(([, name]) => name!);
    assert.deepEqual(told.toSorted(), known.toSorted());
  });

  it('names only measures that there are', async () => {
    const known = new Set([...(await new Metrics().text()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!));
    const files = readdirSync(join(ROOT, 'observability')).map((file) => source(join('observability', file)));
    const named = new Set(files.flatMap((text) => [...text.matchAll(/\bscanbot_\w+/g)].map(([name]) => name)));
    const unknown = [...named].filter(
      (name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, '')),
    );
    assert.ok(named.size > 10);
    assert.deepEqual(unknown, []);
  });
});
