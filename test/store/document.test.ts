import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentOf, readRequest } from '../../src/store/document.ts';

describe('a document', () => {
  it('reads back exactly, with every member that is there but undefined', () => {
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(undefined), fc.integer());
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('node')),
        fc.dictionary(fc.string(), tie('node'), { noNullPrototype: true }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), tree, { noNullPrototype: true }), (thing) => {
        assert.deepEqual(readRequest(documentOf(thing)), thing);
      }),
    );
  });

  it('is refused for what JSON would change', () => {
    const changed = [null, Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol('s'), 1n];
    for (const part of changed) assert.throws(() => documentOf({ list: [{ part }] }), TypeError);
  });
});
