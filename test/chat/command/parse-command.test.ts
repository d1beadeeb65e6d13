import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand } from '../../../src/chat/command/parse-command.ts';
import type { Grammar } from '../../../src/chat/command/grammar.ts';
import english from '../../../src/chat/words/en.grammar.json' with { type: 'json' };
import { OTHERS, SCANS, WIRE } from './phrasings.ts';

const device = fc.stringMatching(/^[a-z]{2,8}-[0-9]{1,4}(?:\.[a-z]{2,6}\.example)?$/).map((name) => `zq${name}`);
const type = fc.constantFrom('Quick', 'Full');
/** No edge that trimming or the separator after `because` would take. */
const reason = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .,:'“”–\n\r\t#*_-]{0,60}[A-Za-z0-9]$/)
  .filter((text) => !/^of\b/i.test(text));
const noise = fc.array(fc.constantFrom('please', 'the', 'now', 'antivirus', 'laptop', 'on', 'of', 'hey', 'asap', ','), {
  maxLength: 4,
});
const blank = fc.constantFrom(' ', '  ', '\n', '\u00a0', ' \u200b', '\t', '&nbsp;');

function anyCase(word: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((upper) => Array.from(word, (letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(''));
}

const spoken = fc.record({ device, type, reason, typeFirst: fc.boolean(), blank }).chain((wanted) =>
  fc
    .tuple(anyCase('scan'), anyCase(wanted.type.toLowerCase()), anyCase('because'), noise, noise, noise, noise)
    .map(([scan, kind, because, ...[one, two, three, four]]) => {
      const order = wanted.typeFirst ? [kind, ...three, wanted.device] : [wanted.device, ...three, kind];
      const words = [...one, scan, ...two, ...order, ...four, because];
      return { ...wanted, text: `${words.join(wanted.blank)} ${wanted.reason}` };
    }),
);

describe('a command', () => {
  for (const [text, command] of [...SCANS, ...OTHERS, ...WIRE]) {
    it(`is read from ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseCommand(text), command);
    });
  }

  it('is the same whatever words, blanks and capitals surround what counts', () => {
    fc.assert(
      fc.property(spoken, ({ text, device, type, reason }) => {
        assert.deepEqual(parseCommand(text), { name: 'scan', device, type, reason });
      }),
    );
  });

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

describe('another language', () => {
  /** A few words of Chinese, which needs no blanks between them. */
  const chinese: Grammar = {
    spaces: false,
    commands: {
      scan: ['扫描'],
      status: ['状态'],
      'my-scans': ['我的扫描'],
      cancel: ['取消'],
      why: [],
      pause: [],
      resume: [],
      'sign-out': ['退出'],
      help: ['帮助'],
    },
    types: { Quick: ['快速'], Full: ['全面'] },
    scansOfType: { Quick: [], Full: [] },
    reason: { anywhere: ['因为'], afterDevice: [] },
    articles: [],
    deviceNouns: ['电脑'],
    fillers: ['请'],
    neverDevices: [],
  };

  it('is another grammar, with or without blanks', () => {
    assert.deepEqual(parseCommand('请全面扫描fin-07.contoso.com因为警报 3212', chinese), {
      name: 'scan',
      device: 'fin-07.contoso.com',
      type: 'Full',
      reason: '警报 3212',
    });
    assert.deepEqual(parseCommand('取消 「办公室」', chinese), { name: 'cancel', device: '办公室' });
    assert.deepEqual(parseCommand('我的扫描', chinese), { name: 'my-scans' });
  });
});

describe('the English grammar', () => {
  const { commands, types, scansOfType, reason, articles, deviceNouns, fillers, neverDevices } = english;
  const phrases = [commands, types, scansOfType, reason]
    .flatMap((group) => Object.values(group).flat())
    .concat(articles, deviceNouns, fillers, neverDevices);

  it('says every phrase once, in lower case and with single blanks', () => {
    assert.deepEqual(
      phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index),
      [],
    );
    assert.deepEqual(
      phrases.filter((phrase) => phrase !== phrase.toLowerCase().split(/\s+/).join(' ')),
      [],
    );
  });

  it('is understood in each of its commands', () => {
    for (const [name, words] of Object.entries(commands)) {
      for (const word of words) assert.equal(parseCommand(word).name, name, word);
    }
  });
});
