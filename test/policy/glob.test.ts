import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchName } from '../../src/policy/device-name.ts';
import { globMatches, globMayGoOn } from '../../src/policy/glob.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.', '-'), maxLength: 12 });
const globs = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });

function asExpression(glob: string): RegExp {
  const source = Array.from(glob, (one) => (one === '*' ? '.*' : one === '?' ? '.' : one === '.' ? '\\.' : one));
  return new RegExp(`^${source.join('')}$`, 'isu');
}

describe('a pattern', () => {
  it('matches what the same regular expression matches', () => {
    fc.assert(fc.property(globs, letters, (glob, text) => globMatches(glob, text) === asExpression(glob).test(text)));
  });

  it('does not care about case, in any alphabet', () => {
    assert.ok(globMatches('fin-*', 'FIN-LAPTOP-07'));
    assert.ok(globMatches('ÅKERÖ-*', 'åkerö-1'));
    assert.ok(globMatches('A\u030aker?', 'åkerö'));
  });

  it('takes brackets, dots and plus signs of a name for nothing but themselves', () => {
    assert.ok(!globMatches('a.b', 'axb'));
    assert.ok(!globMatches('a+', 'aa'));
    assert.ok(globMatches('(eu)+*', '(EU)+ servers'));
  });

  it('takes one whole character for each question mark', () => {
    assert.ok(globMatches('?', '😀'));
    assert.ok(!globMatches('?', ''));
    assert.ok(!globMatches('?', 'ab'));
  });

  it('needs a time that grows with the text, however many stars it has', () => {
    const glob = '*a'.repeat(60) + 'b';
    const began = process.cpuUsage().user;
    assert.ok(!globMatches(glob, 'a'.repeat(5000)));
    assert.ok(process.cpuUsage().user - began < 5_000_000, 'A backtracking matcher would not end in this world.');
  });

  it('may go on exactly when some ending makes it match', () => {
    fc.assert(
      fc.property(globs, letters, letters, (glob, beginning, ending) => {
        assert.ok(!globMatches(glob, beginning + ending) || globMayGoOn(glob, beginning));
      }),
    );
    assert.ok(globMayGoOn('dmz-*.contoso.com', 'dmz-1.'));
    assert.ok(!globMayGoOn('dmz-*.contoso.com', 'fin-1.'));
  });
});

describe('the name of a device', () => {
  it('is compared by its short form when the pattern has no dot', () => {
    assert.equal(matchName('dc-01', 'DC-01.contoso.com'), 'yes');
    assert.equal(matchName('dc-01', 'dc-01'), 'yes');
    assert.equal(matchName('*contoso*', 'dc-01.contoso.com'), 'no');
  });

  it('is compared by its full form when the pattern has one', () => {
    assert.equal(matchName('*.contoso.com', 'DC-01.Contoso.com.'), 'yes');
    assert.equal(matchName('*.contoso.com', 'dc-01.contoso.com.evil.example'), 'no');
  });

  it('is unknown when it is short, the pattern full, and some domain would make it match', () => {
    assert.equal(matchName('*.contoso.com', 'dc-01'), 'unknown');
    assert.equal(matchName('dc-*.contoso.com', 'dc-01'), 'unknown');
    assert.equal(matchName('dc-*.contoso.com', 'fin-07'), 'no');
  });

  it('is unknown when Defender says none', () => {
    for (const name of [undefined, '', ' ', '.']) assert.equal(matchName('*', name), 'unknown');
  });
});
