import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buttonsOf, inputsOf, textsOf, titleOf } from '../../../src/sandbox/teams/card.ts';
import { record } from '../../../src/sandbox/teams/json.ts';

describe('a card as it is read', () => {
  const block = { type: 'TextBlock', text: 'Plain' };

  it('is titled by its first heading, else by its first text', () => {
    assert.equal(
      titleOf({ body: [block, { type: 'Container', items: [{ ...block, style: 'heading', text: 'Head' }] }] }),
      'Head',
    );
    assert.equal(titleOf({ body: [block] }), 'Plain');
    assert.equal(titleOf({}), '');
  });

  it('has buttons everywhere, but none in what is not drawn', () => {
    const button = (title: string): unknown => ({ type: 'Action.Execute', title });
    const card = {
      body: [
        { type: 'ActionSet', actions: [button('set')], fallback: { type: 'ActionSet', actions: [button('hidden')] } },
        { type: 'Table', rows: [{ cells: [{ items: [{ type: 'ActionSet', actions: [button('cell')] }] }] }] },
        { type: 'Container', selectAction: button('area'), items: [] },
      ],
      actions: [
        button('root'),
        { type: 'Action.ShowCard', card: { actions: [button('inside')] } },
        { type: 'Action.OpenUrl', title: 'link' },
      ],
      refresh: { action: button('refresh') },
    };
    assert.deepEqual(
      buttonsOf(card).map(({ title }) => title),
      ['set', 'cell', 'area', 'root', 'inside'],
    );
  });

  it('has inputs with what stands in them', () => {
    const body = [
      { type: 'Input.Text', id: 'a', value: 'x' },
      { type: 'Input.Number', id: 'b', value: 5 },
      { type: 'Input.Toggle', id: 'c' },
      { type: 'Input.Toggle', id: 'd', valueOff: 'no' },
      { type: 'Input.Date', id: 'e' },
    ];
    const values = inputsOf({ body }).map(({ id, value }) => [id, value]);
    assert.deepEqual(values, [
      ['a', 'x'],
      ['b', '5'],
      ['c', 'false'],
      ['d', 'no'],
      ['e', ''],
    ]);
  });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const card = record(JSON.parse(JSON.stringify({ body: json })));
        assert.equal(typeof titleOf(card), 'string');
        for (const words of textsOf(card)) assert.equal(typeof words, 'string');
        return buttonsOf(card).length >= 0 && inputsOf(card).length >= 0;
      }),
    );
  });
});
