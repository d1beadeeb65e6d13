import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { FloodGate, PERSON_RATE, THREAD_RATE } from '../../src/teams/flood-gate.ts';
import { FakeClock } from '../support/fake-clock.ts';

function times(count: number, act: () => string): Record<string, number> {
  const seen: Record<string, number> = {};
  for (let n = 0; n < count; n += 1) {
    const answer = act();
    seen[answer] = (seen[answer] ?? 0) + 1;
  }
  return seen;
}

describe('a flood', () => {
  it('is taken up to the burst, told once, then dropped', () => {
    const gate = new FloodGate(new FakeClock());
    const seen = times(PERSON_RATE.burst + 50, () => gate.admit('alice', 'soc'));
    assert.deepEqual(seen, { take: PERSON_RATE.burst, tell: 1, drop: 49 });
  });

  it('of one person leaves the others alone', () => {
    const gate = new FloodGate(new FakeClock());
    times(PERSON_RATE.burst + 50, () => gate.admit('alice', 'soc'));
    assert.equal(gate.admit('bob', 'soc'), 'take');
  });

  it('of one thread leaves the others alone', () => {
    const gate = new FloodGate(new FakeClock());
    let person = 0;
    times(THREAD_RATE.burst + 50, () => gate.admit(`person ${(person += 1)}`, 'soc'));
    assert.equal(gate.admit('bob', 'soc'), 'drop');
    assert.equal(gate.admit('bob', 'elsewhere'), 'take');
  });

  it('is over after a rest', () => {
    const clock = new FakeClock();
    const gate = new FloodGate(clock);
    times(PERSON_RATE.burst + 1, () => gate.admit('alice', 'soc'));
    clock.advance(2 * SECOND);
    assert.deepEqual(
      times(3, () => gate.admit('alice', 'soc')),
      { take: 2, drop: 1 },
    );
  });

  it('is told again when it goes on for a minute', () => {
    const clock = new FakeClock();
    const gate = new FloodGate(clock);
    times(PERSON_RATE.burst + 1, () => gate.admit('alice', 'soc'));
    clock.advance(MINUTE);
    assert.deepEqual(
      times(PERSON_RATE.burst + 2, () => gate.admit('alice', 'soc')),
      { take: 60, tell: 1, drop: 1 },
    );
  });

  it('never gets more through than the rate allows, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3000), { maxLength: 400 }), (pauses) => {
        const clock = new FakeClock(0);
        const gate = new FloodGate(clock);
        let taken = 0;
        for (const pause of pauses) {
          clock.advance(pause);
          if (gate.admit('alice', 'soc') === 'take') taken += 1;
        }
        assert.ok(taken <= PERSON_RATE.burst + clock.now() / PERSON_RATE.every);
      }),
    );
  });

  it('with the clock set back gives nothing away', () => {
    const clock = new FakeClock();
    const gate = new FloodGate(clock);
    times(PERSON_RATE.burst, () => gate.admit('alice', 'soc'));
    clock.advance(-MINUTE);
    assert.equal(gate.admit('alice', 'soc'), 'tell');
  });
});
