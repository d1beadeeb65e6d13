import assert from 'node:assert/strict';
import type { Press } from '../../../src/sandbox/page/api.ts';
import { findButton, touchedInputs } from '../../../src/sandbox/host/button.ts';
import { adaptiveCard, troupe, type Troupe } from '../teams/troupe.ts';

function row(title: string, request: string, more = {}): object {
  return { type: 'Action.Execute', title, verb: 'run', data: { request }, ...more };
}

function press(title: string, data: unknown): Press {
  return { as: 'alice', message: '', action: { type: 'Action.Execute', title, data }, inputs: {} };
}

describe('a button on the page', () => {
  let all: Troupe;
  beforeEach(async () => {
    all = await troupe();
  });
  afterEach(() => all.close());

  const inputs = [
    { type: 'Input.Text', id: 'comment', value: 'as asked' },
    { type: 'Input.ChoiceSet', id: 'type' },
  ];

  it('is found by its data where two have one title, with what the renderer added', () => {
    const { world } = all.teams;
    const attachments = [adaptiveCard({ body: [], actions: [row('Run', 'one'), row('Run', 'two')] })] as never;
    const message = world.post({ kind: 'bot' }, world.rooms.group(['alice']), { text: '', attachments });
    const found = findButton(world, message, press('Run', { request: 'two', comment: 'typed' }));
    assert.deepEqual(found?.action['data'], { request: 'two' });
    assert.equal(found.where, message.id);
    assert.equal(findButton(world, message, press('Run', { request: 'three' })), undefined);
    assert.equal(findButton(world, message, press('Stop', {})), undefined);
  });

  it('may be one that stood there a moment ago', () => {
    const { world } = all.teams;
    const card = (title: string): never => [adaptiveCard({ actions: [row(title, 'one')] })] as never;
    const room = world.rooms.group(['alice']);
    const { id } = world.post({ kind: 'bot' }, room, { text: '', attachments: card('Run') });
    const after = world.edit(id, { text: '', attachments: card('Stop') });
    assert.deepEqual(findButton(world, after, press('Run', { request: 'one' }))?.where, after.revisions[0]);
    assert.equal(findButton(world, after, press('Stop', { request: 'one' }))?.where, id);
  });

  it('sends the inputs that were touched, or none where it leaves them out', () => {
    const card = { type: 'AdaptiveCard', body: inputs };
    const typed = { comment: 'as asked', type: 'Full', stranger: 'x' };
    assert.deepEqual(touchedInputs({ card, where: '', action: {} }, typed), { type: 'Full' });
    assert.deepEqual(touchedInputs({ card, where: '', action: {} }, { ...typed, comment: '' }), {
      type: 'Full',
      comment: '',
    });
    assert.deepEqual(touchedInputs({ card, where: '', action: { associatedInputs: 'none' } }, typed), {});
  });
});
