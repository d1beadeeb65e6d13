import assert from 'node:assert/strict';
import { Courses } from '../../src/trace/courses.ts';
import type { SpanFacts, Spot, Tracing } from '../../src/trace/tracing.ts';
import { readTraceparent, silentTracing, traceparentOf } from '../../src/trace/tracing.ts';

interface Told {
  readonly name: string;
  readonly parent: Spot | undefined;
  facts: SpanFacts;
  failed: boolean | undefined;
}

/** Remembers what it is told. */
function remembering(): { readonly told: Told[]; readonly tracing: Tracing } {
  const told: Told[] = [];
  const begin: Tracing['begin'] = (name, facts, { parent }) => {
    const one: Told = { name, parent, facts, failed: undefined };
    told.push(one);
    return {
      spot: { trace: parent?.trace ?? `trace ${told.length}`, span: `span ${told.length}` },
      end(more, failed) {
        one.facts = { ...one.facts, ...more };
        one.failed = failed;
      },
    };
  };
  return { told, tracing: { ...silentTracing, begin } };
}

describe('a course of work', () => {
  it('is known to everything that it awaits, and to nothing beside it', async () => {
    const courses = new Courses(silentTracing);
    const seen = await Promise.all(
      ['one', 'other'].map((turn) =>
        courses.run({ name: 'turn', facts: {}, turn }, async () => {
          await new Promise(setImmediate);
          return courses.current()?.turn;
        }),
      ),
    );
    assert.deepEqual(seen, ['one', 'other']);
    assert.equal(courses.current(), undefined);
  });

  it('has its steps in its own trace, and what it comes from before that', async () => {
    const { told, tracing } = remembering();
    const courses = new Courses(tracing);
    const parent = { trace: 'long ago', span: 's' };
    await courses.run({ name: 'work', facts: {}, parent }, () =>
      courses.run({ name: 'call', facts: {} }, () => Promise.resolve()),
    );
    assert.deepEqual(
      told.map((one) => [one.name, one.parent]),
      [
        ['work', parent],
        ['call', { trace: 'long ago', span: 'span 1' }],
      ],
    );
  });

  it('tells at its end what it was about, and whether it failed', async () => {
    const { told, tracing } = remembering();
    const courses = new Courses(tracing);
    const failing = courses.run({ name: 'turn', facts: {}, turn: 't' }, (course) => {
      course.request = 'r';
      course.facts['outcome'] = 'none';
      return Promise.reject(new Error('broken'));
    });
    await assert.rejects(failing);
    assert.deepEqual(told[0]?.facts, { 'scanbot.turn': 't', 'scanbot.request': 'r', 'scanbot.outcome': 'none' });
    assert.equal(told[0].failed, true);
  });
});

describe('a place in a trace', () => {
  it('travels as the W3C writes it', () => {
    const { spot } = silentTracing.begin('turn', {}, {});
    assert.match(traceparentOf(spot), /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    assert.deepEqual(readTraceparent(traceparentOf(spot)), spot);
    for (const text of [undefined, '', 'x', traceparentOf(spot).toUpperCase()])
      assert.equal(readTraceparent(text), undefined);
  });
});
