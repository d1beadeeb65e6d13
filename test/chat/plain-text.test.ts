import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode } from 'html-entities';
import { forMarkdown, forMessage, mentionName, oneLine, withoutHidden } from '../../src/chat/plain-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc
        .constantFrom('*', '_', '`', '[', ']', '(', ')', '<', '>', '#', '-', '+', '1.', '|', '~', '\\', '!', '&', '=')
        .chain((sign) =>
          fc.constantFrom(sign, `${sign} `, `a${sign}b`, `\n${sign}`, `\n  ${sign} x`, '${', '&lt;', '&#35;', '://'),
        ),
    )
    .map((parts) => parts.join('')),
);
const safeName = fc
  .stringMatching(/^[a-zA-Z0-9]{1,12}(?:-[a-zA-Z0-9]{1,8}){0,2}(?:\.[a-zA-Z]{2,9}){0,3}$/)
  .filter((name) => !/^www\./i.test(name));

/** What a Markdown reader shows of a text without formatting: escapes and entities resolved. */
function shown(markdown: string): string {
  const parts = markdown.split(/\\([!-/:-@[-`{-~])/);
  return parts.map((part, index) => (index % 2 === 1 ? part : decode(part, { scope: 'strict' }))).join('');
}

function blanksAlike(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .replace(/\t/g, ' ');
}

/** What is left when everything escaped is taken out must hold no sign of Markdown. */
function assertInert(markdown: string): void {
  const rest = markdown.replace(/\\[!-/:-@[-`{-~]/g, 'x');
  assert.doesNotMatch(rest, /[\\`*_[\]()~#<>|!+]/);
  assert.doesNotMatch(rest, /\$\{/);
  assert.doesNotMatch(rest, /:\/\//);
  assert.doesNotMatch(rest, /^\s*(?:[-=]|\d{1,9}\.(?:\s|$))/m);
  assert.doesNotMatch(rest, /^[ \t]+\S/m);
}

describe('a typed text in Markdown', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['[click](https://evil.example)', String.raw`\[click\]\(https\://evil.example\)`],
    ['**bold** _it_ ~~no~~ `code`', String.raw`\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\``],
    ['<at>Boss</at>', String.raw`\<at\>Boss\</at\>`],
    ['# head', String.raw`\# head`],
    ['> quote', String.raw`\> quote`],
    ['- one\n+ two\n1. three\n2) four', '\\- one\n\\+ two\n1\\. three\n2\\) four'],
    ['rule\n---\n===', 'rule\n\\---\n\\==='],
    ['    code', '\u00a0\u00a0\u00a0\u00a0code'],
    ['  - one', '\u00a0\u00a0\\- one'],
    ['${comment}', String.raw`$\{comment}`],
    ['{{DATE(2026-01-01)}}', String.raw`{{DATE\(2026-01-01\)}}`],
    ['AT&T &lt; &#42;', String.raw`AT&T \&lt; &\#42;`],
    ['a\\b', String.raw`a\\b`],
    ['|a|b|', String.raw`\|a\|b\|`],
    ['www.evil.example, a@evil.example', String.raw`www\.evil.example, a\@evil.example`],
    ['alert 3212: 10.0.0.5 - why?', 'alert 3212: 10.0.0.5 - why?'],
  ];
  for (const [typed, markdown] of cases) {
    it(`is ${JSON.stringify(markdown)} for ${JSON.stringify(typed)}`, () => {
      assert.equal(forMarkdown(typed), markdown);
    });
  }

  it('leaves names of devices alone', () => {
    fc.assert(
      fc.property(safeName, (name) => {
        assert.equal(forMarkdown(name), name);
        assert.equal(forMarkdown(forMarkdown(name)), name);
        assert.equal(forMessage(name), name);
        assert.equal(mentionName(name), name);
        assert.equal(withoutHidden(name), name);
      }),
    );
  });

  it('formats nothing, and shows what was typed', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const markdown = forMarkdown(typed);
        assertInert(markdown);
        assert.equal(blanksAlike(shown(markdown)), blanksAlike(typed));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a typed text in a message', () => {
  it('is neither Markdown nor HTML', () => {
    assert.equal(forMessage('<b>*a* & &lt; "q"</b>'), String.raw`&lt;b&gt;\*a\* &amp; &amp;lt; "q"&lt;/b&gt;`);
    assert.equal(forMessage('> quote'), '&gt; quote');
  });

  it('formats nothing, and shows what was typed', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const message = forMessage(typed);
        assertInert(message);
        assert.doesNotMatch(message, /&(?!(?:amp|lt|gt);)/);
        assert.equal(blanksAlike(shown(message)), blanksAlike(typed));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the name in a mention', () => {
  it('is escaped once', () => {
    assert.equal(mentionName('R&D <"Bob"> &amp;'), 'R&amp;D &lt;&quot;Bob&quot;&gt; &amp;amp;');
  });

  it('is one line without hidden characters', () => {
    assert.equal(mentionName(' Bob\r\n\u200b  Ross\u202e '), 'Bob Ross‹U+202E›');
  });
});

describe('one line', () => {
  it('has no breaks', () => {
    assert.equal(oneLine(' a\r\n\n b\u2028c ', 20), 'a b c');
  });

  it('is cut with an ellipsis, never through what people see as one character', () => {
    assert.equal(oneLine('abcdef', 6), 'abcdef');
    assert.equal(oneLine('abcdefg', 6), 'abcde…');
    assert.equal(oneLine('abcd efgh', 6), 'abcd…');
    assert.equal(oneLine('ab👩‍👩‍👧‍👦cd', 8), 'ab…');
    assert.equal(oneLine('abe\u0301f', 4), 'ab…');
    assert.equal(oneLine('ab', 1), '…');
    assert.equal(oneLine('ab', 0), '');
  });

  it('is never longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (typed, longest) => {
        const line = oneLine(typed, longest);
        assert.ok(line.length <= longest);
        assert.ok(line.endsWith('…') || line === '' || line === typed.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

describe('a text without hidden characters', () => {
  it('shows what turns it round and what controls', () => {
    assert.equal(withoutHidden('a\u202etxt.exe\u0007\u2066'), 'a‹U+202E›txt.exe‹U+0007›‹U+2066›');
  });

  it('keeps tabs, line breaks and joined characters, and drops what has no width', () => {
    assert.equal(withoutHidden('a\tb\r\nc\u200bd\u00ade\ufeff 👩‍👧 \u2028f'), 'a\tb\r\ncde 👩‍👧 \nf');
    assert.equal(withoutHidden('a\ud800b'), 'a\ufffdb');
  });

  it('shows no hidden character, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        assert.doesNotMatch(withoutHidden(typed), /[\p{Cs}\u202a-\u202e\u2066-\u2069]|(?![\t\r\n])\p{Cc}/u);
      }),
    );
  });
});
