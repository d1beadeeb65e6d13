import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textForBot } from '../../src/teams/text.ts';
import type { Mention } from '../../src/teams/activity/envelope.ts';

const SELF = { id: '28:bot', name: 'Scan Bot' };

function mention(text: string | undefined, mentioned: Mention['mentioned'] = SELF): Mention {
  return { type: 'mention', mentioned, text };
}

const BOB = { id: '29:bob', name: 'Bob' };

const CASES: readonly (readonly [string, string, readonly Mention[], string])[] = [
  ['loses the mention of the bot', '<at>Scan Bot</at> help', [mention('<at>Scan Bot</at>')], 'help'],
  ['loses it every time', '<at>Scan Bot</at> help <at>Scan Bot</at>', [mention('<at>Scan Bot</at>')], 'help'],
  ['loses one that no entity tells of', '<at>scan bot</at> help', [], 'help'],
  ['loses one with attributes', '<at id="0">Scan Bot</at>&nbsp;help', [], '&nbsp;help'],
  [
    'loses one by another name of the bot',
    '<at>Scanner</at> help',
    [mention(undefined, { ...SELF, name: 'Scanner' })],
    'help',
  ],
  ['loses one whose entity has no text', '<at>Scan &amp; Co</at> help', [mention(undefined)], 'help'],
  [
    'loses one whose name holds an ampersand',
    '<at>A &amp; B</at> help',
    [mention(undefined, { ...SELF, name: 'A & B' })],
    'help',
  ],
  ['keeps the mention of somebody else', 'ask <at>Bob</at>', [mention('<at>Bob</at>', BOB)], 'ask <at>Bob</at>'],
  [
    'keeps somebody else beside a bot without text',
    '<at>Scan &amp; Co</at> ask <at>Bob</at>',
    [mention(undefined), mention('<at>Bob</at>', BOB)],
    'ask <at>Bob</at>',
  ],
  ['keeps words apart where a mention stood between them', 'scan<at>Scan Bot</at>host-01', [], 'scan host-01'],
  ['loses the mark of a quoted reply', '<quoted messageId="17"/> scan host-01', [], 'scan host-01'],
  ['loses what is quoted', '<blockquote>scan full dc-01</blockquote> help', [], 'help'],
  ['loses quotations in quotations', '<blockquote>a<blockquote>b</blockquote>scan dc-01</blockquote>help', [], 'help'],
  ['loses all after a quotation that does not end', 'help <blockquote itemid="1">scan full dc-01', [], 'help'],
  ['does not stumble over an end without a beginning', '</blockquote>help', [], 'help'],
  [
    'keeps everything else as it is',
    'scan  “Full” host\u00a001 &lt;b&gt;\nbecause x',
    [],
    'scan  “Full” host\u00a001 &lt;b&gt;\nbecause x',
  ],
];

describe('the text for the bot', () => {
  for (const [name, text, mentions, expected] of CASES) {
    it(name, () => {
      assert.equal(textForBot(text, mentions, SELF), expected);
    });
  }

  it('is the text itself, but for its ends, where there are no tags', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('<')),
        (text) => textForBot(text, [], SELF) === text.trim(),
      ),
    );
  });

  it('is found quickly in text made to be slow', () => {
    const started = performance.now();
    for (const piece of ['<at>', '<at ', '<quoted ', '<blockquote>', '</at>', '<blockquote/'])
      textForBot(piece.repeat(40_000), [], SELF);
    assert.ok(performance.now() - started < 2000);
  });
});
