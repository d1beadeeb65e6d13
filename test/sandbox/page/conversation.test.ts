import assert from 'node:assert/strict';
import { continues, threadsIn, withMessage } from '../../../src/sandbox/page/state/conversation.ts';
import { arrived, called, deleted, edited, typed } from '../../../src/sandbox/page/state/happenings.ts';
import { emptyState, openPlace, placesOf, type State } from '../../../src/sandbox/page/state/state.ts';
import { channel, chat, message, world } from './worlds.ts';

function after(...messages: readonly Parameters<typeof arrived>[1][]): State {
  const begin: State = { ...emptyState('alice'), world };
  return messages.reduce<State>((state, one) => ({ ...state, ...arrived(state, one) }), begin);
}

const bot = { kind: 'bot' } as const;

describe('a conversation', () => {
  it('stays in the order of time, whatever comes late', () => {
    const messages = [message('1'), message('3')];
    assert.deepEqual(
      withMessage(messages, message('2')).map(({ id }) => id),
      ['1', '2', '3'],
    );
  });

  it('has a message once, however often it is told of', () => {
    assert.equal(withMessage([message('1')], message('1', { text: 'new' })).length, 1);
  });

  it('keeps its threads where they began when somebody replies', () => {
    const messages = [message('1', { thread: '1' }), message('2', { thread: '2' }), message('3', { thread: '1' })];
    const threads = threadsIn([...messages, message('4', { place: chat.id })], channel.id);
    assert.deepEqual(
      threads.map(({ id, replies }) => [id, replies.map((reply) => reply.id)]),
      [
        ['1', ['3']],
        ['2', []],
      ],
    );
  });

  it('groups what one author says within minutes', () => {
    assert.equal(continues(message('2'), message('1')), true);
    assert.equal(continues(message('2', { author: bot }), message('1')), false);
    assert.equal(continues(message('2', { at: 10 * 60_000 }), message('1')), false);
  });
});

describe('what happens on the page', () => {
  it('counts as unread only elsewhere, and only from others', () => {
    const state = after(
      message('1'),
      message('2', { place: chat.id }),
      message('3', { place: chat.id, mentions: ['alice'] }),
      message('4', { place: chat.id, author: { kind: 'person', handle: 'alice' } }),
    );
    assert.deepEqual(state.unread, { [chat.id]: { count: 2, mentioned: true } });
  });

  it('shows a place only to its members', () => {
    assert.deepEqual(placesOf({ ...emptyState('bob'), world }), [channel]);
    assert.equal(openPlace({ ...emptyState('bob'), world, place: chat.id }), channel);
  });

  it('ends the typing mark with the next words of the bot there, not of anybody else', () => {
    const begun = after(message('1', { thread: '1' }));
    const typing = { ...begun, ...typed(begun, { place: channel.id, thread: '1' }, 0) };
    assert.equal(arrived(typing, message('2', { thread: '1' })).typing?.length, 1);
    assert.equal(arrived(typing, message('2', { thread: '1', author: bot })).typing?.length, 0);
  });

  it('drops an old refusal when the card changes, but not the request to sign in', () => {
    const state = after(message('1', { card: { a: 1 } }), message('2', { card: { a: 1 } }));
    const login = { kind: 'login', text: '', button: '', login: '' } as const;
    const noted = { ...state, notes: { 1: { kind: 'error', text: 'no' }, 2: login } as const };
    assert.deepEqual(edited(noted, message('1', { card: { a: 2 } })).notes, { 2: login });
    assert.deepEqual(edited(noted, message('1', { card: { a: 1 } })).notes, noted.notes);
    assert.deepEqual(edited(noted, message('2', { card: { a: 2 } })).notes, noted.notes);
  });

  it('ends an own view when the card changes for all', () => {
    const state = { ...after(message('1', { card: { a: 1 } })), ownViews: ['1'] };
    assert.deepEqual(edited(state, message('1', { card: { a: 1 } })).ownViews, ['1']);
    assert.deepEqual(edited(state, message('1', { card: { a: 2 }, edited: true })).ownViews, []);
  });

  it('forgets what was deleted, and takes each call once', () => {
    assert.deepEqual(deleted(after(message('1')), { id: '1', place: channel.id }).messages, []);
    const line = { n: 1, at: 0, from: 'bot', to: 'teams', method: 'GET', path: '/', status: 200 } as const;
    assert.deepEqual(called({ ...after(), wire: [line] }, line), {});
  });
});
