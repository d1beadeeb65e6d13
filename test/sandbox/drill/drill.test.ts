import assert from 'node:assert/strict';
import { ambiguousName } from '../../../src/sandbox/drill/ambiguous-name.ts';
import { deviceAsleep } from '../../../src/sandbox/drill/device-asleep.ts';
import { Drill } from '../../../src/sandbox/drill/drill.ts';
import { firstScan } from '../../../src/sandbox/drill/first-scan.ts';
import type { ActionHappening, Happening } from '../../../src/sandbox/drill/happening.ts';
import { secondPerson } from '../../../src/sandbox/drill/second-person.ts';
import type { Progress } from '../../../src/sandbox/drill/lesson.ts';
import { somebodyElsesScan } from '../../../src/sandbox/drill/somebody-elses-scan.ts';

const said = (by: string, conversation = 'c'): Happening => ({ is: 'said', by, conversation });
const shown = (verb?: string, message = 'm', conversation = 'c'): Happening => {
  return { is: 'shown', conversation, message, verbs: verb === undefined ? [] : [verb], searches: false };
};
const told = (whom: string): Happening => ({ is: 'told', whom });

function scan(status: ActionHappening['status'], change: Partial<ActionHappening> = {}): Happening {
  return { is: 'action', id: 'a', device: 'd', type: 'Full', by: 'alice', asleep: false, ...change, status };
}

/** How many steps are done after this. */
function stepsAfter(lesson: Progress, happenings: readonly Happening[]): number {
  const after = happenings.reduce((now, happening) => now.after(happening), lesson);
  assert.equal(
    after.done,
    after.steps.every(({ done }) => done),
  );
  return after.steps.filter(({ done }) => done).length;
}

describe('the exercise', () => {
  describe('“four eyes”', () => {
    const all = [said('alice'), shown('approve'), scan('Pending'), scan('InProgress'), scan('Succeeded')];

    it('is done when a card that others approve has led to a scan of who asked', () => {
      const counts = all.map((_, index) => stepsAfter(secondPerson, all.slice(0, index + 1)));
      assert.deepEqual(counts, [1, 2, 3, 3, 4]);
    });

    it('is not done by a scan that nobody else approved', () => {
      assert.equal(stepsAfter(secondPerson, [said('alice'), shown('run'), scan('Pending'), scan('Succeeded')]), 1);
    });

    it('takes the place of the first scan where others must approve', () => {
      const first = (others: boolean): string | undefined => new Drill(others).exercises[0]?.id;
      assert.deepEqual([first(false), first(true)], ['first-scan', 'second-person']);
    });
  });

  describe('“first scan”', () => {
    const all = [said('alice'), shown('run'), scan('Pending'), scan('InProgress'), scan('Succeeded'), told('alice')];

    it('is done when a scan was asked for, confirmed, and its end was told', () => {
      assert.equal(stepsAfter(firstScan, all), firstScan.steps.length);
    });

    it('goes step by step', () => {
      const counts = all.map((_, index) => stepsAfter(firstScan, all.slice(0, index + 1)));
      assert.deepEqual(counts, [1, 2, 3, 3, 4, 5]);
    });

    it('is not done by what others do', () => {
      const others = [said('alice'), shown('run'), scan('Pending', { by: 'bob' }), scan('Succeeded', { by: 'bob' })];
      assert.equal(stepsAfter(firstScan, [...others, told('bob')]), 2);
      assert.equal(stepsAfter(firstScan, [said('alice', 'elsewhere'), shown('run')]), 1);
    });

    it('is not done by a scan that fails, but by the next one', () => {
      const failed = [said('alice'), shown('run'), scan('Pending'), scan('Failed'), told('alice')];
      assert.equal(stepsAfter(firstScan, failed), 3);
      const again = [said('alice'), shown('run', 'm2'), scan('Pending', { id: 'b' }), scan('Succeeded', { id: 'b' })];
      assert.equal(stepsAfter(firstScan, [...failed, ...again, told('alice')]), 5);
    });

    it('counts for two people who do it at once', () => {
      const bob = [said('bob', 'c2'), shown('run', 'm2', 'c2'), scan('Pending', { by: 'bob', id: 'b' })];
      const both = [said('alice'), ...bob, shown('run'), scan('Succeeded', { by: 'bob', id: 'b' }), told('bob')];
      assert.equal(stepsAfter(firstScan, both), 5);
    });
  });

  describe('“ambiguous name”', () => {
    it('is done when the card with the choice became the one to confirm', () => {
      assert.equal(stepsAfter(ambiguousName, [shown('pick'), shown('run')]), 2);
    });

    it('is not done by another card', () => {
      assert.equal(stepsAfter(ambiguousName, [shown('pick'), shown('run', 'another')]), 1);
      assert.equal(stepsAfter(ambiguousName, [shown('run')]), 0);
      const found: Happening = { is: 'shown', conversation: 'c', message: 'm', verbs: ['pick'], searches: true };
      assert.equal(stepsAfter(ambiguousName, [found, shown('run')]), 0);
      assert.equal(stepsAfter(ambiguousName, [shown('pick'), shown()]), 1);
    });
  });

  describe('“somebody else’s scan”', () => {
    const busy: Happening = { is: 'busy', by: 'alice', device: 'd' };

    it('is done when the other scan was met and its end was told', () => {
      const theirs = [scan('InProgress', { by: undefined }), busy, scan('Succeeded', { by: undefined })];
      assert.equal(stepsAfter(somebodyElsesScan, [...theirs, told('alice')]), 3);
    });

    it('is not done by a scan of one’s own, or on another device', () => {
      assert.equal(stepsAfter(somebodyElsesScan, [scan('Pending'), scan('Succeeded'), told('alice')]), 0);
      const elsewhere = scan('Succeeded', { by: undefined, device: 'e' });
      assert.equal(stepsAfter(somebodyElsesScan, [busy, elsewhere, told('alice')]), 1);
    });
  });

  describe('“device asleep”', () => {
    const asked = scan('Pending', { asleep: true });

    for (const end of ['InProgress', 'Cancelled'] as const) {
      it(`is done when the wait was seen and has ended (${end})`, () => {
        assert.equal(stepsAfter(deviceAsleep, [asked, shown(), scan(end)]), 3);
      });
    }

    it('is not done by an awake device, by somebody in the portal, or without the wait', () => {
      assert.equal(stepsAfter(deviceAsleep, [scan('Pending'), shown(), scan('InProgress')]), 0);
      assert.equal(stepsAfter(deviceAsleep, [scan('Pending', { asleep: true, by: undefined })]), 0);
      assert.equal(stepsAfter(deviceAsleep, [asked, scan('InProgress')]), 1);
      assert.equal(stepsAfter(deviceAsleep, [asked, shown(), scan('TimeOut')]), 2);
    });
  });
});

describe('the drill', () => {
  it('begins with nothing done and tells when something changes', () => {
    const drill = new Drill();
    assert.ok(drill.exercises.every(({ done, hint, text }) => !done && hint !== '' && text !== ''));
    assert.equal(drill.notice(told('alice')), false);
    assert.equal(drill.notice(said('alice')), true);
    assert.deepEqual(
      drill.exercises[0]?.steps.map(({ done }) => done),
      [true, false, false, false, false],
    );
  });

  it('keeps what is done', () => {
    const drill = new Drill();
    for (const happening of [shown('pick'), shown('run')]) drill.notice(happening);
    const done = (): boolean | undefined => drill.exercises.find(({ id }) => id === 'ambiguous-name')?.done;
    assert.equal(done(), true);
    for (let more = 0; more < 50; more += 1) drill.notice(shown('pick', `another ${more}`));
    assert.equal(done(), true);
  });
});
