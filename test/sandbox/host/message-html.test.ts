import assert from 'node:assert/strict';
import fc from 'fast-check';
import { htmlOf, plainOf } from '../../../src/sandbox/host/message-html.ts';
import { Cast } from '../../../src/sandbox/teams/cast.ts';
import type { Message } from '../../../src/sandbox/teams/message.ts';
import { people } from '../../support/cast.ts';

const cast = new Cast({ appId: 'app', appName: 'Scan Bot', tenantId: 'tenant', people });

function message(author: Message['author'], text: string, entities: readonly unknown[] = []): Message {
  const rest = { conversation: 'c', summary: undefined, attachments: [], replyTo: undefined, onlyFor: undefined };
  return { id: '1', author, text, entities, ...rest, sentAt: 1, editedAt: undefined, deleted: false, revisions: [] };
}

function mention(handle: string, text: string): unknown {
  return { type: 'mention', text, mentioned: { id: cast.person(handle).teamsId } };
}

describe('a message on the page', () => {
  it('shows the bot’s Markdown, with mentions that Markdown cannot touch', () => {
    const text = '<at>Bob <R&D> Berg</at> **done** on srv\\_files';
    const html = htmlOf(message({ kind: 'bot' }, text, [mention('bob', '<at>Bob <R&D> Berg</at>')]), cast);
    const span = '<span class="mention" data-handle="bob">Bob &lt;R&amp;D&gt; Berg</span>';
    assert.equal(html, `<p>${span} <strong>done</strong> on srv_files</p>`);
    assert.equal(plainOf(html), 'Bob <R&D> Berg done on srv_files');
  });

  it('shows what people type as they typed it', () => {
    const html = htmlOf(message({ kind: 'person', handle: 'alice' }, '@Scan Bot **x**\n<i>'), cast);
    assert.equal(html, '<span class="mention" data-bot>Scan Bot</span> **x**<br>&lt;i&gt;');
    assert.equal(plainOf(html), 'Scan Bot **x**\n<i>');
  });

  it('never lets an element through that it did not make itself', () => {
    const author = fc.constantFrom<Message['author']>({ kind: 'bot' }, { kind: 'person', handle: 'alice' });
    const word = fc.constantFrom(
      '<img src=x onerror=y>',
      '<script>',
      '\uE0000\uE001',
      '`',
      '"',
      '@Scan Bot',
      '[a](javascript:b)',
    );
    const text = fc.array(fc.oneof(word, fc.string()), { maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(author, text, (by, words) => {
        const html = htmlOf(message(by, words), cast);
        assert.doesNotMatch(html, /<(img|script)|href="javascript/i);
      }),
    );
  });
});
