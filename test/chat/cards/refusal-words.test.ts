import assert from 'node:assert/strict';
import { cardPen, messagePen } from '../../../src/chat/cards/pen.ts';
import { refusalWords } from '../../../src/chat/cards/refusal-words.ts';
import { lookOf, REFUSAL_KINDS } from './requests.ts';

const PEN = cardPen(lookOf('full'));

describe('a refusal', () => {
  it('has its own sentence and a next step, whatever its kind', () => {
    const all = REFUSAL_KINDS.map((kind) => refusalWords({ kind }, PEN));
    for (const { what, next } of all) {
      assert.match(what, /^[A-Z].{15,}\.$/);
      assert.match(next, /^[A-Z].{15,}\.$/);
    }
    assert.equal(new Set(all.map(({ what }) => what)).size, REFUSAL_KINDS.length);
  });

  it('tells who can mend it', () => {
    assert.match(refusalWords({ kind: 'consent-missing' }, PEN).next, /administrator.*consent/);
    assert.match(refusalWords({ kind: 'forbidden' }, PEN).next, /Defender administrator.*role/);
    assert.match(refusalWords({ kind: 'session-revoked' }, PEN).next, /Sign in again/);
  });

  it('shows Microsoft’s words as they are, in the way of the place', () => {
    const refusal = { kind: 'bad-request', code: '<b>*', target: '[x](y)' } as const;
    assert.match(refusalWords(refusal, messagePen(lookOf('full'))).trace, /&lt;b&gt;\\\*.*\\\[x\\\]\\\(y\\\)/);
    assert.match(refusalWords(refusal, PEN).trace, /\\<b\\>\\\*.*\\\[x\\\]\\\(y\\\)/);
  });
});
