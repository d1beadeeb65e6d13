import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANGUAGES } from '../../../src/chat/languages.ts';
import type { Grammar } from '../../../src/chat/command/grammar.ts';
import { parseCommand } from '../../../src/chat/command/parse-command.ts';
import { IN_LANGUAGES } from './language-phrasings.ts';
import { OTHERS, SCANS, WIRE } from './phrasings.ts';
import { grammarOf, spokenIn } from './spoken.ts';

describe('a command', () => {
  for (const [text, command] of [...SCANS, ...OTHERS, ...WIRE]) {
    it(`is read from ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseCommand(text), command);
    });
  }

  for (const [language, phrasings] of Object.entries(IN_LANGUAGES)) {
    for (const [text, command] of phrasings) {
      it(`is read from ${JSON.stringify(text)} by somebody who reads ${language}`, () => {
        assert.deepEqual(parseCommand(text, language), command);
      });
    }
  }

  it('keeps the reason word for word, whatever was typed', () => {
    const typed = fc
      .string({ unit: 'grapheme', maxLength: 80 })
      .map((text) => `x${text.replace(/[&<\ufdd0\ufdd1]/g, '')}x`);
    fc.assert(
      fc.property(typed, (reason) => {
        const command = parseCommand(`scan full fin-07 because ${reason}`);
        assert.deepEqual(command, { name: 'scan', device: 'fin-07', type: 'Full', reason });
      }),
    );
  });

  it('keeps a device in quotes, whatever its name', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9 ,:;.!?()#'_-]{1,60}$/).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, (device) => {
        const expected = device.trim().replace(/ +/g, ' ');
        assert.deepEqual(parseCommand(`scan "${device}"`), {
          name: 'scan',
          device: expected,
          type: undefined,
          reason: undefined,
        });
      }),
    );
  });

  it('comes of every text, and the same each time', () => {
    const pieces = fc.constantFrom(
      'scan',
      'full',
      'because',
      'for',
      ':',
      ' - ',
      '"',
      "'",
      '`',
      '<at>',
      '</at>',
      '&lt;',
      '<',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 }))).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(parseCommand(text), parseCommand(text));
      }),
      { numRuns: 500 },
    );
  });

  it('never has a device, a type or a reason that was not typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 :,.-]{0,40}$/), (text) => {
        const command = parseCommand(`scan ${text}`);
        if (command.name !== 'scan') return;
        assert.ok(text.includes(command.device ?? ''));
        assert.ok(text.includes(command.reason ?? ''));
        assert.ok(text.includes(command.type === 'Quick' ? 'quick' : ''));
      }),
    );
  });
});

describe('a very long text', () => {
  const LONG = 200_000;
  const pieces = [
    'a',
    ' ',
    '-',
    '.',
    ':',
    '"',
    '" ',
    "'",
    '`x ',
    '<',
    '<at>',
    '<at ',
    '</at',
    '<quoted>',
    '<blockquote /reply>',
  ]
    .concat([
      '&',
      '&amp;',
      '> ',
      '>\n',
      'scan ',
      'scan-',
      'because',
      'for ',
      'x: ',
      '\\',
      'https://',
      'h:',
      '[',
      '😀',
      '\ufdd0',
    ])
    .concat(['\u200b', '\n', 'X - full ', '<a ', '/', '~', "x'"]);

  for (const piece of pieces) {
    it(`of ${JSON.stringify(piece)} is read`, () => {
      parseCommand(piece.repeat(LONG / piece.length));
      parseCommand(`scan ${piece.repeat(LONG / piece.length)}`);
    });
  }

  it('keeps a reason of any length', () => {
    const reason = 'why '.repeat(LONG / 4).trim();
    assert.deepEqual(parseCommand(`scan full fin-07 because ${reason}`), {
      name: 'scan',
      device: 'fin-07',
      type: 'Full',
      reason,
    });
  });

  it('of a device name beyond what DNS allows names no device', () => {
    assert.deepEqual(parseCommand(`scan ${'a'.repeat(254)}`), {
      name: 'scan',
      device: undefined,
      type: undefined,
      reason: undefined,
    });
  });
});

for (const language of LANGUAGES.keys()) {
  const { commands, types, scansOfType, reason, alert, automatic, ...others } = grammarOf(language);
  const { negations, articles, deviceNouns, fillers, neverDevices } = others;

  describe(`a command in ${language}`, () => {
    it('is the same whatever words, blanks and capitals surround what counts', () => {
      fc.assert(
        fc.property(spokenIn(language), ({ text, device, type, reason }) => {
          assert.deepEqual(parseCommand(text, language), { name: 'scan', device, type, reason }, text);
        }),
      );
    });

    it('is understood from readers of every other language', () => {
      for (const reader of LANGUAGES.keys()) {
        for (const [name, words] of Object.entries(commands)) {
          for (const word of words) assert.equal(parseCommand(word, reader).name, name, `${word} in ${reader}`);
        }
        fc.assert(
          fc.property(spokenIn(language, []), ({ text, device, type, reason }) => {
            assert.deepEqual(parseCommand(text, reader), { name: 'scan', device, type, reason }, text);
          }),
          { numRuns: 25 },
        );
      }
    });

    it('keeps the reason word for word, whatever was typed', () => {
      const [scan, because] = [commands.scan[0]!, reason.anywhere[0]!];
      const typed = fc
        .string({ unit: 'grapheme', maxLength: 80 })
        .map((text) => `x${text.replace(/[&<\ufdd0\ufdd1]/g, '')}x`);
      fc.assert(
        fc.property(typed, (reason) => {
          const { device, ...command } = { device: 'fin-07', name: 'scan', type: undefined, reason };
          assert.deepEqual(parseCommand(`${scan} ${device} ${because} ${reason}`, language), { ...command, device });
        }),
      );
    });

    it('is no command when it is denied', () => {
      for (const not of negations) {
        const text = `${commands.scan[0]!} ${not} fin-07 ${reason.anywhere[0]!} 3212`;
        for (const reader of LANGUAGES.keys()) assert.equal(parseCommand(text, reader).name, 'help', text);
        const meant = `${commands.scan[0]!} fin-07 ${reason.anywhere[0]!} x ${not} y`;
        assert.equal(parseCommand(meant, language).name, 'scan', meant);
      }
    });

    it('comes of every text, and the same each time', () => {
      const pieces = fc.constantFrom(
        ...Object.values(commands).flat(),
        ...Object.values(types).flat(),
        '，',
        '：',
        '「',
      );
      const texts = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 }))).map((all) => all.join(''));
      fc.assert(
        fc.property(texts, (text) => {
          assert.deepEqual(parseCommand(text, language), parseCommand(text, language));
        }),
      );
    });
  });

  describe(`the grammar of ${language}`, () => {
    const phrases = [commands, types, scansOfType, reason]
      .flatMap((group): readonly string[] => Object.values(group).flat())
      .concat(negations, articles, deviceNouns, fillers, neverDevices);

    it('says every phrase once, in lower case and with single blanks', () => {
      assert.deepEqual(
        phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index),
        [],
      );
      assert.deepEqual(
        [...phrases, ...alert, ...automatic].filter((phrase) => phrase !== phrase.toLowerCase().split(/\s+/).join(' ')),
        [],
      );
    });

    it('means by its telling phrases nothing that another language means otherwise', () => {
      for (const [other, { grammar }] of LANGUAGES) {
        const theirs = rolesOf(grammar);
        for (const [phrase, role] of rolesOf(grammarOf(language))) {
          assert.equal(theirs.get(phrase) ?? role, role, `${phrase} in ${other}`);
        }
      }
    });

    it('has a first phrase for every command, which is the one that the bot suggests', () => {
      for (const [name, words] of Object.entries(commands)) assert.ok(words.length > 0, name);
    });
  });
}

/** What a phrase that is understood from everybody is for. */
function rolesOf({ commands, types, scansOfType, reason }: Grammar): ReadonlyMap<string, string> {
  const groups = { ...commands, ...types, reason: reason.anywhere };
  const roles = Object.entries(groups).flatMap(([role, phrases]) => phrases.map((phrase) => [phrase, role] as const));
  const both = Object.entries(scansOfType).flatMap(([type, all]) => all.map((one) => [one, `scan ${type}`] as const));
  return new Map([...roles, ...both]);
}
