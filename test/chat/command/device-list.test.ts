import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANGUAGES } from '../../../src/chat/languages.ts';
import type { Command } from '../../../src/chat/command/command.ts';
import { parseCommand } from '../../../src/chat/command/parse-command.ts';
import type { DeviceSource } from '../../../src/scan/batch/source.ts';
import { grammarOf } from './spoken.ts';

type Type = 'Quick' | 'Full' | undefined;

function many(devices: readonly (string | DeviceSource)[], type?: Type, reason?: string): Command {
  return { name: 'scan-many', devices: devices.map(sourceOf), type, reason };
}

function sourceOf(one: string | DeviceSource): DeviceSource {
  return typeof one === 'string' ? { is: 'device', typed: one } : one;
}

const ALERT = 'da637551227677560813_-961444813';
const PHRASINGS: readonly (readonly [text: string, command: Command])[] = [
  ['scan quick a, b, c because alert 3212', many(['a', 'b', 'c'], 'Quick', 'alert 3212')],
  ['scan fin-07; fin-08;fin-09', many(['fin-07', 'fin-08', 'fin-09'])],
  ['scan full fin-07, fin-08 and srv-01 because x', many(['fin-07', 'fin-08', 'srv-01'], 'Full', 'x')],
  ['quick scan of fin-07 and fin-08 please, because x', many(['fin-07', 'fin-08'], 'Quick', 'x')],
  ['scan quick\nfin-07\nfin-08\n\nbecause two lines\nof it', many(['fin-07', 'fin-08'], 'Quick', 'two lines\nof it')],
  ['scan full these:\r\nfin-07\r\nfin-08', many(['fin-07', 'fin-08'], 'Full')],
  ['scan fin-07\tWindows11\nfin-08\tWindows10', many(['fin-07', 'fin-08'])],
  ['scan quick "HR laptop, old", fin-08', many(['HR laptop, old', 'fin-08'], 'Quick')],
  ['scan fin-07, the old laptop of bob, fin-08', many(['fin-07', 'old laptop of bob', 'fin-08'])],
  ['scan fin-07, srv 01, fin-08', many(['fin-07', 'srv 01', 'fin-08'])],
  ['scan quick tag:Finance because x', many([{ is: 'tag', tag: 'Finance' }], 'Quick', 'x')],
  ['scan group:"Tier 1" and fin-07', many([{ is: 'group', group: 'Tier 1' }, 'fin-07'])],
  ['scan Group:“Tier 1”', many([{ is: 'group', group: 'Tier 1' }])],
  [`scan full alert:${ALERT} because it`, many([{ is: 'alert', id: ALERT }], 'Full', 'it')],
  [
    'scan incident:42, tag:x',
    many([
      { is: 'incident', number: 42 },
      { is: 'tag', tag: 'x' },
    ]),
  ],
  ['scan tag:x for ticket 1', many([{ is: 'tag', tag: 'x' }], undefined, 'ticket 1')],
  ['scan quick\nDevice name,OS\nfin-07,Win\n"fin-08",Win\nbecause x', many(['fin-07', 'fin-08'], 'Quick', 'x')],
  ['scan quick because x\nId\tDevice Name\n1\tfin-07\n2\tfin-08', many(['fin-07', 'fin-08'], 'Quick', 'x')],
  ['scan full\nOwner;Comment;Hostname\nbob;because;fin-07\nal;;fin-08', many(['fin-07', 'fin-08'], 'Full')],
  ['scan quick Device name,OS\nfin-07,Win 10\nfin-08,Win 11', many(['fin-07', 'fin-08'], 'Quick')],
  ['scan quick "Name";"Id"\n"fin-07";"a"\n"fin-08";"b"\nbecause y', many(['fin-07', 'fin-08'], 'Quick', 'y')],
  ['scan quick\nDeviceName\nfin-07\nfin-08', many(['fin-07', 'fin-08'], 'Quick')],
  ['scan quick Hostname\nfin-07', many(['fin-07'], 'Quick')],
  ['scan quick:\n- fin-07\n- fin-08\nbecause x', many(['fin-07', 'fin-08'], 'Quick', 'x')],
  ['scan full\n1. fin-07\n2. tag:x', many(['fin-07', { is: 'tag', tag: 'x' }], 'Full')],
  ['scan fin-07, fin-08: malware found', many(['fin-07', 'fin-08'], undefined, 'malware found')],
  ['scan fin-07 and fin-08: malware found', many(['fin-07', 'fin-08'], undefined, 'malware found')],
  [
    'scan full tag: Finance, group: "Tier 1"',
    many(
      [
        { is: 'tag', tag: 'Finance' },
        { is: 'group', group: 'Tier 1' },
      ],
      'Full',
    ),
  ],
  [
    'scan <table><tr><td>fin-07</td><td>a</td></tr><tr><td>fin-08</td><td>b</td></tr></table> because x',
    many(['fin-07', 'fin-08'], undefined, 'x'),
  ],
];

/** One device and more words, as before there were lists. */
const SINGLE: readonly string[] = [
  'scan fin-07, please',
  'scan fin-07, it looks infected',
  'scan fin-07 because tag:x, a, b',
  'scan fin-07: a, b and c',
  'scan fin-07 - a, b',
  'please, scan, the laptop, fin-07, now',
  'scan fin-07\n- ransomware\n- phishing',
  'scan fin-07 because:\n- srv-01\n- srv-02',
  'scan fin-07\nWin11',
];

describe('a list of devices', () => {
  for (const [text, command] of PHRASINGS) {
    it(`is read from ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseCommand(text), command);
    });
  }

  for (const text of SINGLE.slice(0, -1)) {
    it(`is not seen in ${JSON.stringify(text)}`, () => {
      const command = parseCommand(text);
      assert.equal(command.name === 'scan' ? command.device : command.name, 'fin-07');
    });
  }

  it('of 500 full names is read whole, and its reason with it', () => {
    const names = Array.from({ length: 500 }, (_, index) => `fin-laptop-${String(index)}.europe.contoso.com`);
    assert.deepEqual(parseCommand(`scan quick ${names.join('\n')}\nbecause x`), many(names, 'Quick', 'x'));
  });
});

const device = fc.stringMatching(/^[a-z]{2,8}-[0-9]{1,4}(?:\.[a-z]{2,6}\.example)?$/).map((name) => `zq${name}`);
const devices = fc.uniqueArray(device, { minLength: 2, maxLength: 30 });
const reason = fc.stringMatching(/^[0-9][A-Za-z0-9 .,:'\n\t-]{0,60}[A-Za-z0-9]$/);
const name = fc.stringMatching(/^[0-9](?:[A-Za-z0-9._-]| [0-9]){0,30}$/).map((text) => `zq${text}zq`);

for (const language of LANGUAGES.keys()) {
  const grammar = grammarOf(language);
  const [scan, because] = [grammar.commands.scan[0]!, grammar.reason.anywhere[0]!];
  const type = fc.constantFrom<('Quick' | 'Full')[]>('Quick', 'Full');
  const comma = grammar.spaces ? [', ', '; ', '\n', ',\n', '\r\n', ' ,'] : ['、', '，', '\n', ', '];

  describe(`a list of devices in ${language}`, () => {
    it('holds exactly the names that were typed, in their order, however they are separated', () => {
      fc.assert(
        fc.property(devices, type, reason, fc.constantFrom(...comma), (names, kind, why, between) => {
          const text = `${scan} ${grammar.types[kind][0]!} ${names.join(between)} ${because} ${why}`;
          assert.deepEqual(parseCommand(text, language), many(names, kind, why), text);
        }),
      );
    });

    it('may end with a conjunction', () => {
      const conjunctions = grammar.conjunctions.filter((word) => grammar.fillers.includes(word));
      assert.notDeepEqual(conjunctions, []);
      fc.assert(
        fc.property(devices, fc.constantFrom(...conjunctions), (names, and) => {
          const text = `${scan} ${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)!}`;
          assert.deepEqual(parseCommand(text, language), many(names), text);
        }),
      );
    });

    it('may be a column of a table', () => {
      const table = fc.array(fc.tuple(name, device, name), { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(table, reason, fc.constantFrom('\t', ',', ';'), (rows, why, delimiter) => {
          const lines = [['Owner', 'Device name', 'Group'], ...rows].map((cells) => cells.join(delimiter));
          const text = `${scan}\n${lines.join('\n')}\n${because} ${why}`;
          const names = rows.map(([, typed]) => typed);
          assert.deepEqual(parseCommand(text, language), many(names, undefined, why), text);
        }),
      );
    });

    it('may name a tag, a group, an alert or an incident by any label of any language', () => {
      const labels = [...LANGUAGES.values()].map((file) => file.grammar.selectors);
      const labelled = fc.constantFrom(...labels);
      fc.assert(
        fc.property(labelled, name, fc.nat(), (label, typed, number) => {
          const sources: readonly DeviceSource[] = [
            { is: 'tag', tag: typed },
            { is: 'group', group: typed },
            { is: 'alert', id: ALERT },
            { is: 'incident', number },
          ];
          const values = [`"${typed}"`, `“${typed}”`, ALERT, String(number)];
          const words = sources.map(({ is }, index) => `${label[is as 'tag'][0]!}:${values[index]!}`);
          assert.deepEqual(parseCommand(`${scan} ${words.join(' ')} ${because} x`, language).name, 'scan-many');
          assert.deepEqual(
            parseCommand(`${scan} ${words.join(', ')} ${because} 1`, language),
            many(sources, undefined, '1'),
          );
        }),
      );
    });
  });
}
