import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { Turns } from '../../src/scan/turns.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

describe('whoever finds no room', () => {
  let turns: Turns;
  beforeEach(() => {
    turns = new Turns(SECOND);
  });

  const ask = (times: number, what = 'a', from = NOON + MINUTE): readonly number[] =>
    Array.from({ length: times }, () => turns.next(what, from, NOON) - NOON);

  it('comes back one after the other, the first as soon as there is room', () => {
    assert.deepEqual(ask(3), [MINUTE, MINUTE + SECOND, MINUTE + 2 * SECOND]);
  });

  it('is held up by nobody who waits for something else', () => {
    ask(5);
    assert.deepEqual(ask(1, 'b'), [MINUTE]);
  });

  it('is behind all others when they come back too early, and before nobody', () => {
    ask(3);
    assert.deepEqual(ask(1, 'a', NOON + MINUTE + SECOND), [MINUTE + 3 * SECOND]);
  });

  it('does not wait for turns that are over', () => {
    ask(5);
    assert.deepEqual(ask(1, 'a', NOON + 2 * MINUTE), [2 * MINUTE]);
  });

  it('does not wait for turns that were given before the clock was set back', () => {
    ask(5);
    assert.deepEqual(ask(1, 'a', NOON - 5 * HOUR), [-5 * HOUR]);
  });

  it('is forgotten when many others have come', () => {
    for (let nth = 0; nth < 3000; nth += 1) ask(2, `place ${nth}`);
    assert.deepEqual(ask(1, 'another'), [MINUTE]);
  });
});
