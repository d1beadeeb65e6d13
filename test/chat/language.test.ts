import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { words } from '../../src/chat/language.ts';
import { LANGUAGES } from '../../src/chat/languages.ts';
import { stemsOf, wordFaults } from '../words/word-faults.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';

const SRC = resolve(import.meta.dirname, '../../src');
const NOW = Date.UTC(2026, 10, 20, 12, 2);
const HELSINKI = { now: NOW, timeZone: 'Europe/Helsinki' };

describe('a sentence', () => {
  it('comes in English for readers of any other language', () => {
    for (const locale of ['en-US', 'fi-FI', 'xx', '', '!!']) {
      assert.equal(words(locale).t('button.run'), 'Run scan');
      assert.equal(words(locale).language, 'en');
    }
  });

  it('counts in the plural of its language', () => {
    const { t } = words('en');
    assert.match(t('list.more', { count: 1 }), /^One more is/);
    assert.match(t('list.more', { count: 1200 }), /^1,200 more are/);
  });

  it('holds a value as it is, whatever it looks like', () => {
    const { t } = words('en');
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom('$t(help.help)', '{{device}}', '$&', "$'", '{{- x}}', '__proto__'),
    );
    fc.assert(
      fc.property(hostile, (device) => {
        assert.equal(t('scan.Full', { device }), `Full scan of ${device}`);
      }),
    );
  });

  it('shows where a value was forgotten', () => {
    assert.equal(words('en').t('scan.Full'), 'Full scan of {{device}}');
  });
});

describe('several sentences', () => {
  it('follow one another as the language wants it', () => {
    assert.equal(words('en').sentences(['A.', '', 'B.', 'C.']), 'A. B. C.');
    assert.equal(words('zh-CN').sentences(['甲。', '乙。']), '甲。乙。');
    assert.equal(words('sv').sentences(['{{second}} $t(help.help)', 'B.']), '{{second}} $t(help.help) B.');
    assert.equal(words('en').sentences([]), '');
  });
});

describe('a list', () => {
  it('has the commas of its language', () => {
    assert.equal(words('nl').list(['a', 'b', 'c']), 'a, b, c');
    assert.equal(words('zh-Hans').list(['a', 'b', 'c']), 'a、b、c');
  });
});

describe('a time', () => {
  it('is the clock of the reader', () => {
    assert.equal(words('en-GB').time(NOW, HELSINKI), '14:02');
    assert.equal(words('en-US').time(NOW, { ...HELSINKI, timeZone: 'America/New_York' }), '07:02');
  });

  it('has the date when it is another day there', () => {
    assert.equal(words('en-GB').time(NOW - DAY, HELSINKI), '19 Nov, 14:02');
    assert.equal(words('en-GB').time(NOW + 10 * HOUR, HELSINKI), '21 Nov, 00:02');
    assert.match(words('en-US').time(NOW - 365 * DAY, HELSINKI), /^Nov 20, 2025, 14:02$/);
  });

  it('reads as in the language and the region', () => {
    const yesterday = NOW - DAY;
    assert.equal(words('sv-SE').time(yesterday, HELSINKI), '19 nov. 14:02');
    assert.equal(words('nl-BE').time(yesterday, HELSINKI), '19 nov, 14:02');
    assert.equal(words('zh-CN').time(yesterday, HELSINKI), '11月19日 14:02');
  });

  it('names its zone when the reader’s is not known', () => {
    for (const timeZone of ['', 'Mars/Olympus'])
      assert.equal(words('en').time(NOW, { now: NOW, timeZone }), '12:02 UTC');
  });

  it('is told to readers with any locale and zone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (locale, timeZone) => {
        assert.match(words(locale).time(NOW, { now: NOW, timeZone }), /\d\d:\d\d/);
      }),
    );
  });
});

describe('a duration', () => {
  it('is told in its two largest units', () => {
    const { duration } = words('en');
    assert.equal(duration(-5), '0 s');
    assert.equal(duration(59 * SECOND), '59 s');
    assert.equal(duration(10 * MINUTE + 59 * SECOND), '10 min');
    assert.equal(duration(2 * HOUR + 10 * MINUTE), '2 h 10 min');
    assert.equal(duration(3 * DAY + 5 * HOUR), '3 d 5 h');
  });
});

describe('a duration in another language', () => {
  it('has the units of its readers', () => {
    const took = 2 * HOUR + 10 * MINUTE;
    assert.equal(words('sv').duration(took), '2 tim 10 min');
    assert.equal(words('nl').duration(took), '2 u 10 min');
    assert.equal(words('zh-Hans').duration(took), '2 小时 10 分钟');
  });
});

describe('the words', () => {
  for (const language of LANGUAGES.keys()) {
    it(`are all there in ${language}, with the same values, and no others`, () => {
      assert.deepEqual(wordFaults(language), [], 'npm run words lists what to write');
    });
  }

  const english = stemsOf('en');
  const folders = [join(SRC, 'chat'), join(SRC, 'scan'), resolve(SRC, '../manifest')];
  const sources = folders.flatMap(textsIn).join('\n');

  it('are all there for the keys that are used', () => {
    const used = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key);
    assert.ok(used.length > 50);
    assert.deepEqual(
      used.filter((key) => !english.includes(key)),
      [],
    );
  });

  it('are all used', () => {
    const unused = english.filter((key) => !isUsed(key, sources));
    assert.deepEqual(unused, []);
  });
});

/** Named in full, or made by a `prefix.${word}` whose word is written somewhere. */
function isUsed(key: string, sources: string): boolean {
  if (sources.includes(`'${key}'`)) return true;
  const patterns = [...sources.matchAll(/`([a-z-]+\.(?:[^`\s$]|\$\{[^}]*\})*)`/g)].map(([, text = '']) => text);
  return patterns.some((pattern) => {
    const [before = '', ...rest] = pattern.split(/\$\{[^}]*\}/);
    const after = rest.join('');
    const word = key.slice(before.length, key.length - after.length);
    return (
      key.startsWith(before) &&
      key.endsWith(after) &&
      key.length > before.length + after.length &&
      isWritten(word, sources)
    );
  });
}

function isWritten(word: string, sources: string): boolean {
  return sources.includes(`'${word}'`);
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
