import assert from 'node:assert/strict';
import type { ConfirmFields } from '../../../src/chat/cards/card-view.ts';
import { scanCard } from '../../../src/chat/cards/scan-card.ts';
import type { Entered } from '../../../src/scan/message.ts';
import type { Wanted } from '../../../src/scan/scan-request.ts';
import { drawCard } from '../../../src/teams/card-templates.ts';
import { LAPTOP, lookOf, proposed, requestIn } from './requests.ts';

const NOTHING: Wanted = { device: 'fin-laptop-07', type: undefined, comment: undefined };

function fieldsFor(wanted: Partial<Wanted>, entered?: Entered, detail: 'minimal' | 'full' = 'minimal'): ConfirmFields {
  const view = scanCard(requestIn(proposed(), { wanted: { ...NOTHING, ...wanted } }), lookOf(detail), entered);
  assert.equal(view.template, 'confirm');
  return view.data;
}

type Json = Readonly<Record<string, unknown>>;

/** The parts of the drawn card, by id. */
function drawn(): Readonly<Record<string, Json>> {
  const card = drawCard(scanCard(requestIn(proposed()), lookOf('minimal')));
  const body = card['body'] as Json[];
  const actions = body.flatMap((part) => (part['type'] === 'ActionSet' ? (part['actions'] as Json[]) : []));
  return Object.fromEntries([...body, ...actions].map((part) => [String(part['id']), part]));
}

describe('the confirm card', () => {
  it('starts with what was typed, else with Quick and no comment', () => {
    const typed = fieldsFor({ type: 'Full', comment: 'alert *3212*' });
    assert.deepEqual([typed.type, typed.comment, typed.faults], ['Full', 'alert *3212*', []]);
    const empty = fieldsFor({});
    assert.deepEqual([empty.type, empty.comment, empty.faults], ['Quick', '', []]);
  });

  it('asks for exactly Quick or Full, and for a comment of up to 4,000 characters', () => {
    const { scanType, comment } = drawn();
    assert.deepEqual(
      (scanType?.['choices'] as Json[]).map((choice) => choice['value']),
      ['Quick', 'Full'],
    );
    assert.deepEqual([scanType?.['style'], scanType?.['isRequired']], ['expanded', true]);
    assert.deepEqual([comment?.['isRequired'], comment?.['isMultiline'], comment?.['maxLength']], [true, true, 4000]);
    for (const input of [scanType, comment]) assert.ok(input?.['label'] !== '' && input?.['errorMessage'] !== '');
  });

  it('has presses that carry the verb, the request and its revision, for new clients and old ones', () => {
    const { run, dismiss } = drawn();
    for (const [verb, press] of Object.entries({ run, dismiss })) {
      const fallback = press?.['fallback'] as Json;
      assert.deepEqual([press?.['type'], press?.['verb'], fallback['type']], ['Action.Execute', verb, 'Action.Submit']);
      const carried = { verb, request: requestIn(proposed()).id, rev: 3 };
      assert.deepEqual([press?.['data'], fallback['data']], [carried, carried]);
    }
    assert.deepEqual([run?.['title'], dismiss?.['title']], ['Run scan', 'Dismiss']);
    assert.deepEqual([dismiss?.['associatedInputs'], run?.['associatedInputs']], ['none', undefined]);
  });

  it('keeps what was entered and says what is wrong with it', () => {
    const fields = fieldsFor({ type: 'Full', comment: 'typed' }, { type: 'Quick', comment: '', faults: ['missing'] });
    assert.deepEqual([fields.type, fields.comment], ['Quick', '']);
    assert.match(fields.faults[0]?.note ?? '', /Write a comment/);
    const wrong = fieldsFor({}, { type: 'Deep', comment: 'why', faults: ['type'] });
    assert.deepEqual([wrong.type, wrong.comment, wrong.faults.length], ['', 'why', 1]);
  });

  it('cuts a comment that is too long, and says so', () => {
    for (const fields of [
      fieldsFor({}, { type: 'Full', comment: 'x'.repeat(9000), faults: ['too-long'] }),
      fieldsFor({ comment: 'x'.repeat(9000) }),
    ]) {
      assert.equal(fields.comment.length, 4000);
      assert.match(fields.faults[0]?.note ?? '', /cut off.*press again/);
    }
  });

  it('takes out what cannot be seen in a comment, and says so', () => {
    const fields = fieldsFor({ comment: 'a\u202eb\tc\nd\u0000 e' });
    assert.equal(fields.comment, 'ab\tc\nd e');
    assert.match(fields.faults[0]?.note ?? '', /cannot be seen/);
  });

  it('shows what Defender knows about the device, the risk in full detail only', () => {
    const titles = (detail: 'minimal' | 'full'): string[] =>
      fieldsFor({}, undefined, detail).facts.map((fact) => fact.title);
    assert.deepEqual(titles('minimal'), ['System', 'Health', 'Last seen', 'Device id']);
    assert.deepEqual(titles('full'), ['System', 'Health', 'Last seen', 'Risk', 'Device id']);
  });

  it('says what Defender leaves out', () => {
    const bare = { ...LAPTOP, os: '', osVersion: '', health: '', lastSeen: undefined, risk: '' };
    const view = scanCard(requestIn(proposed(bare)), lookOf('full'));
    const facts = (view.data as ConfirmFields).facts.map(({ value }) => value);
    assert.deepEqual(facts, ['not said', 'not said', 'not said', LAPTOP.id]);
  });

  it('hints at what may keep the scan from running', () => {
    const doubtful = { ...LAPTOP, health: 'Inactive', onboarding: 'CanBeOnboarded', os: 'Android' };
    const notes = (scanCard(requestIn(proposed(doubtful)), lookOf('minimal')).data as ConfirmFields).notes;
    assert.deepEqual(
      notes.map(({ note }) => /Inactive|Can be onboarded|Android/.exec(note)?.[0]),
      ['Inactive', 'Can be onboarded', 'Android'],
    );
  });
});
