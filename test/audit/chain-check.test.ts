import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { anchorText, chained, readAnchor, START } from '../../src/audit/chain.ts';
import type { ChainRow } from '../../src/audit/chain.ts';
import { FORGOT } from '../../src/audit/chain-check.ts';
import { NOON } from '../support/requests.ts';
import { chainOf, commentOf, findingsOf, lineOf, lines } from './chains.ts';

/** The whole chain once more, with its hashes right: what somebody can do who may write everything. */
function rewritten(rows: readonly ChainRow[]): readonly ChainRow[] {
  return chained(
    START,
    rows.map(({ body }) => body.replace(/^\{"n":\d+,/, '{')),
  );
}

describe('a chain of records', () => {
  const { rows, beside } = chainOf(lines(6));
  const anchor = { n: 4, hash: rows[3]!.hash };

  it('is found whole as it was written, and against its anchors', () => {
    assert.deepEqual(findingsOf(rows, beside), []);
    assert.deepEqual(findingsOf(rows, beside, [anchor, { n: 6, hash: rows[5]!.hash }]), []);
    assert.deepEqual(findingsOf([], new Map()), []);
  });

  it('has hashes that anybody can compute again', () => {
    const [first, second] = rows;
    assert.equal(first!.hash, hash('sha256', `${hash('sha256', 'scan-bot audit 1')}\n${first!.body}`));
    assert.equal(second!.hash, hash('sha256', `${first!.hash}\n${second!.body}`));
  });

  it('shows a record that was changed', () => {
    const changed = rows.with(2, { ...rows[2]!, body: rows[2]!.body.replace('asked', 'moved') });
    assert.deepEqual(findingsOf(changed, beside), [
      '3: it was changed, or it is not the record that stood in this place',
    ]);
  });

  it('shows a record that was changed together with its hash', () => {
    const body = rows[2]!.body.replace('asked', 'moved');
    const changed = rows.with(2, { ...rows[2]!, body, hash: hash('sha256', `${rows[1]!.hash}\n${body}`) });
    assert.match(findingsOf(changed, beside).join(), /^4: it was changed/);
  });

  it('shows a hash, a time and a record that were changed alone', () => {
    assert.match(findingsOf(rows.with(5, { ...rows[5]!, hash: '0'.repeat(64) }), beside).join(), /^6: it was changed/);
    assert.match(
      findingsOf(rows.with(5, { ...rows[5]!, at: NOON + 99 }), beside).join(),
      /^6: it is filed under another time/,
    );
    assert.match(findingsOf(rows.with(5, { ...rows[5]!, body: '{' }), beside).join(), /^6: it cannot be read/);
  });

  it('shows a gap, at its beginning too', () => {
    assert.match(findingsOf(rows.toSpliced(2, 1), beside).join(), /^4: record 3 is missing before it$/);
    assert.match(findingsOf(rows.toSpliced(0, 2), beside).join(), /^3: records 1 to 2 are missing before it$/);
  });

  it('shows records that changed places', () => {
    const swapped = rows.with(2, { ...rows[3]!, n: 3 }).with(3, { ...rows[2]!, n: 4 });
    assert.match(findingsOf(swapped, beside).join(), /3: it was changed/);
  });

  it('shows a record that stands twice', () => {
    assert.match(findingsOf([...rows, rows[5]!], beside).join(), /6: it stands twice/);
  });

  it('shows by an anchor that its end was cut off, and says nothing without one', () => {
    const cut = rows.slice(0, 3);
    assert.deepEqual(findingsOf(cut, beside), []);
    assert.match(findingsOf(cut, beside, [anchor]).join(), /^3: records are missing at the end: .* as 4:[0-9a-f]{64}$/);
  });

  it('shows by an anchor that it was written anew as a whole', () => {
    const changed = rewritten(rows.with(1, { ...rows[1]!, body: rows[1]!.body.replace('asked', 'moved') }));
    assert.deepEqual(findingsOf(changed, beside), []);
    assert.match(findingsOf(changed, beside, [anchor]).join(), /^4: it was anchored as 4:/);
  });

  it('shows two anchors that cannot both be true', () => {
    assert.match(findingsOf(rows, beside, [anchor, { n: 4, hash: '0'.repeat(64) }]).join(), /anchored with two hashes/);
  });

  it('shows any letter that was changed anywhere', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), fc.constantFrom('x', '0', '"', ' '), (index, at, letter) => {
        const row = rows[index]!;
        const place = at % row.body.length;
        const body = row.body.slice(0, place) + letter + row.body.slice(place + 1);
        return body === row.body || findingsOf(rows.with(index, { ...row, body }), beside).length > 0;
      }),
    );
  });
});

describe('what stands beside a chain', () => {
  const { rows, beside } = chainOf([lineOf({ personal: [commentOf('alert 3212')] }), lineOf()]);
  const [comment] = [...beside.values()];

  it('is in the chain by its seal alone', () => {
    assert.ok(!rows.some(({ body }) => body.includes('3212')));
    assert.ok(rows[0]!.body.includes(comment!.seal));
  });

  it('has another seal each time, so that nobody can guess what was sealed', () => {
    const again = chainOf([lineOf({ personal: [commentOf('alert 3212')] })]);
    assert.notEqual([...again.beside.keys()][0], comment!.seal);
  });

  it('shows when it was changed, or stands for another field', () => {
    const changed = new Map(beside).set(comment!.seal, { ...comment!, text: 'alert 3213' });
    assert.deepEqual(findingsOf(rows, changed), ['1: its field comment was changed beside the chain']);
  });

  it('may be gone only as far as the chain says that it was forgotten', () => {
    assert.match(findingsOf(rows, new Map()).join(), /2 personal fields are gone, and the chain tells of 0/);
    const forgot = lineOf({ who: 'operator', what: FORGOT, facts: { fields: 2 }, personal: [] });
    const told = chainOf([lineOf(), lineOf(), forgot]);
    assert.deepEqual(findingsOf(told.rows, new Map()), []);
    assert.match(findingsOf(told.rows, told.beside).join(), /0 personal fields are gone, and the chain tells of 2/);
  });
});

describe('an anchor', () => {
  it('reads back as it was written, and nothing else does', () => {
    const head = { n: 12, hash: 'ab'.repeat(32) };
    assert.deepEqual(readAnchor(anchorText(head)), head);
    for (const text of ['', '12', '12:ab', `x:${head.hash}`, `-1:${head.hash}`])
      assert.equal(readAnchor(text), undefined);
  });
});
