import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commentFault, LONGEST_COMMENT, sameComment } from '../../src/scan/comment.ts';

describe('a comment', () => {
  it('is needed', () => {
    assert.equal(commentFault(''), 'missing');
    assert.equal(commentFault(' \t\r\n\u00a0'), 'missing');
  });

  it('may be as long as the card says and no longer', () => {
    assert.equal(commentFault('x'.repeat(LONGEST_COMMENT)), undefined);
    assert.equal(commentFault('x'.repeat(LONGEST_COMMENT + 1)), 'too-long');
  });

  it('keeps its line breaks and tabs', () => {
    assert.equal(commentFault('one\n\ttwo\r\nthree'), undefined);
  });

  for (const code of [0, 7, 8, 0x0b, 0x0c, 0x0e, 0x1b, 0x1f, 0x7f, 0x85, 0x9f, 0x061c, 0x200e, 0x200f]) {
    it(`hides no control character (U+${code.toString(16).padStart(4, '0')})`, () => {
      assert.equal(commentFault(`a${String.fromCharCode(code)}b`), 'hidden-characters');
    });
  }

  for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]) {
    it(`does not turn its reading direction (U+${code.toString(16)})`, () => {
      assert.equal(commentFault(`alert ${String.fromCharCode(code)}3212`), 'hidden-characters');
    });
  }

  it('is the same with other line ends and outer space', () => {
    assert.ok(sameComment(' a\r\nb ', 'a\nb'));
    assert.ok(!sameComment('a b', 'a  b'));
  });

  it('is judged whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        const fault = commentFault(text);
        assert.ok(fault === undefined || ['missing', 'too-long', 'hidden-characters'].includes(fault));
        if (fault === undefined) assert.ok(text.trim() !== '' && text.length <= LONGEST_COMMENT);
      }),
    );
  });
});
