import assert from 'node:assert/strict';
import type { PressOptions } from '../../src/sandbox/teams/card-press.ts';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { record } from '../../src/sandbox/teams/json.ts';
import { House } from '../support/house.ts';
import { cardIn } from '../support/press-answers.ts';
import { carriedBy, inputsOn, saidOn } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';

describe('what a press carries', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows(WAITING);
  });

  afterEach(() => house.close());

  const runs = (inputs: Record<string, string>, options: PressOptions = {}): Promise<Sent> =>
    house.teams.driver.presses('alice', 'Run scan', inputs, options);

  /** What was sent to Defender, exactly. */
  const sent = (): readonly unknown[] =>
    house.starts().map((start) => JSON.parse(String(record(start)['requestBody'])) as unknown);

  describe('and cannot be sent', () => {
    const faults: Readonly<Record<string, readonly [Record<string, string>, RegExp]>> = {
      'no type': [{ scanType: '' }, /Choose the scan type: Quick or Full\./],
      'another type': [{ scanType: 'Custom' }, /Choose the scan type: Quick or Full\./],
      'a type in small letters': [{ scanType: 'quick' }, /Choose the scan type: Quick or Full\./],
      'no comment': [{ comment: '' }, /Write a comment/],
      'a blank comment': [{ comment: ' \n\t\u00a0 ' }, /Write a comment/],
      'a comment of 4,001 characters': [{ comment: 'x'.repeat(4001) }, /longer than 4,000 characters/],
      'a control character': [{ comment: 'a\u0007b' }, /characters that cannot be seen/],
      'an escape sequence': [{ comment: '\u001b[31mred' }, /characters that cannot be seen/],
      'text that is turned round': [{ comment: 'exe.\u202egnp' }, /characters that cannot be seen/],
      'an isolated direction': [{ comment: 'a\u2066b' }, /characters that cannot be seen/],
      'both wrong': [{ scanType: 'x', comment: '' }, /Quick or Full\.[^]*Write a comment/],
    };
    for (const [fault, [inputs, sentence]] of Object.entries(faults)) {
      for (const old of [false, true]) {
        it(`(${fault}) comes back with what to mend${old ? ', also to an old client' : ''}, and then works`, async () => {
          const { driver } = house.teams;
          const before = driver.cardMessages()[0]?.revisions.length ?? 0;
          const press = await runs(inputs, { old });
          if (old)
            await driver.until(() => (driver.cardMessages()[0]?.revisions.length ?? 0) > before, 'the card again');
          const card = old ? driver.latestCard() : cardIn(press);
          assert.match(saidOn(card), sentence);
          assert.match(saidOn(card), /Waiting for confirmation/);
          assert.deepEqual(sent(), []);
          await runs({ scanType: 'Quick', comment: 'mended' }, { old });
          await house.shows(SUBMITTED);
          assert.deepEqual(sent(), [{ Comment: 'mended', ScanType: 'Quick' }]);
        });
      }
    }

    it('shows again what was written, to be mended and not to be written anew', async () => {
      const kept = cardIn(await runs({ scanType: 'x', comment: 'a long story' }));
      assert.deepEqual(inputsOn(kept), { scanType: '', comment: 'a long story' });
      const cut = cardIn(await runs({ scanType: 'Quick', comment: 'x'.repeat(5000) }));
      assert.deepEqual(inputsOn(cut), { scanType: 'Quick', comment: 'x'.repeat(4000) });
      const seen = cardIn(await runs({ comment: 'a\u202eb' }));
      assert.deepEqual(inputsOn(seen), { scanType: 'Quick', comment: 'ab' });
    });

    it('may hold what is no text at all', async () => {
      for (const odd of [{ $gt: '' }, 7, null, ['Quick'], true]) {
        const data = { ...carriedBy(house.teams.driver.latestCard(), 'Run scan'), scanType: odd, comment: odd } as Json;
        assert.match(saidOn(cardIn(await runs({}, { data }))), /Write a comment/);
      }
      assert.deepEqual(sent(), []);
    });
  });

  describe('goes to Defender as it is:', () => {
    const comments: readonly string[] = [
      '  leading and trailing  ',
      'first\r\nsecond\n\n\tthird\rfourth',
      'ünïcödé 日本語 🕵️‍♀️ e\u0301 \u00a0 \u200b \u2028',
      '${comment} ${1+1} {{name}} $(x) %s',
      '**bold** [click](http://evil.example) <at>Boss</at> `code` | # > - 1. ~~x~~',
      '"quoted" \\ back \\n \'single\' &amp; &#42; <script>',
      'x'.repeat(4000),
      ' 1',
    ];
    for (const comment of comments) {
      for (const old of [false, true]) {
        it(`${JSON.stringify(comment.slice(0, 40))}${old ? ' from an old client' : ''}`, async () => {
          await runs({ scanType: 'Quick', comment }, { old });
          await house.shows(SUBMITTED);
          assert.deepEqual(sent(), [{ Comment: comment, ScanType: 'Quick' }]);
        });
      }
    }
  });
});
