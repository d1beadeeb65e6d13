import assert from 'node:assert/strict';
import type { ListFields } from '../../../src/chat/cards/card-view.ts';
import { helpCard, welcomeCard } from '../../../src/chat/cards/help-card.ts';
import { ownScansCard, statusCard, whichCard } from '../../../src/chat/cards/list-card.ts';
import { LANGUAGES } from '../../../src/chat/languages.ts';
import { parseCommand } from '../../../src/chat/command/parse-command.ts';
import { LAPTOP, lookOf, NOON, scanAs } from './requests.ts';

const FULL = lookOf('full');

describe('the status card', () => {
  it('shows the last scans of the device’s own record, and which sources are missing', () => {
    const ends = [{ device: LAPTOP.id, type: 'Quick', outcome: 'failed', at: NOON, errorCode: '' }] as const;
    const { text, rows } = statusCard({ device: LAPTOP, scans: [], ends, missing: ['hunting'] }, FULL)
      .data as ListFields;
    assert.match(text, /no antivirus scan.*may not use Defender's hunting/);
    assert.match(rows[0]?.title ?? '', /Quick scan · Scan failed on the device/);
    assert.match(rows[0]?.line ?? '', /By Defender's record of the device, 14:00\./);
  });

  it('reports each scan in Defender’s words, with who and when', () => {
    const { heading, rows } = statusCard({ device: LAPTOP, scans: [scanAs('TimeOut')] }, FULL).data as ListFields;
    assert.equal(heading, 'Scans of FIN-LAPTOP-07');
    assert.match(rows[0]?.title ?? '', /Full scan · Scan did not run: TimeOut/);
    assert.match(rows[0]?.line ?? '', /Asked by alice\\@contoso.com, 11:50. Last change 14:00. Comment: alert 3212/);
  });

  it('shows other people’s comments in full detail only', () => {
    const { rows } = statusCard({ device: LAPTOP, scans: [scanAs('TimeOut')] }, lookOf('minimal')).data as ListFields;
    assert.doesNotMatch(JSON.stringify(rows), /alert 3212/);
  });

  it('says that there is none', () => {
    assert.match(statusCard({ device: LAPTOP, scans: [] }, FULL).data.text, /no antivirus scan/);
  });

  it('shows the first and counts the rest', () => {
    const { rows, more } = statusCard({ device: LAPTOP, scans: Array(12).fill(scanAs('Failed')) }, FULL)
      .data as ListFields;
    assert.deepEqual([rows.length, more], [10, '2 more are not shown.']);
  });
});

describe('the card of own scans', () => {
  it('has words for every stage, result and reason, and shows others as they are', () => {
    const row = (stage: string): string => {
      const { rows } = ownScansCard([{ device: 'x', type: undefined, stage, at: NOON }], FULL).data as ListFields;
      return `${rows[0]?.title ?? ''}: ${rows[0]?.line ?? ''}`;
    };
    assert.equal(row('approved'), '📤 Scan of x: Confirmed, not sent yet, 14:00');
    assert.equal(row('TimeOut'), '⌛ Scan of x: Scan did not run: TimeOut, 14:00');
    assert.equal(row('completed'), '✅ Scan of x: Scan finished: Succeeded, 14:00');
    assert.equal(row('sign-in-expired'), '⌛ Scan of x: Expired: no sign-in, 14:00');
    assert.equal(row('constructor*'), '⚠️ Scan of x: constructor\\*, 14:00');
  });

  it('says that there is none', () => {
    assert.match(ownScansCard([], FULL).data.text, /not asked me for a scan yet/);
  });
});

describe('the card for a name that several devices have', () => {
  it('gives the ids and says how to go on', () => {
    const { rows, next } = whichCard('cancel', [LAPTOP, { ...LAPTOP, name: '' }], FULL).data as ListFields;
    assert.match(rows[0]?.line ?? '', new RegExp(`^${LAPTOP.id} · Windows11`));
    assert.equal(rows[1]?.title, LAPTOP.id);
    assert.match(next, /^Type cancel and the id/);
  });
});

describe('the help card', () => {
  for (const language of LANGUAGES.keys()) {
    it(`shows only what is understood, in ${language}`, () => {
      const { data } = helpCard({ ...FULL, locale: language }, undefined);
      assert.ok('rows' in data);
      assert.deepEqual(
        data.rows.map(({ title }) => parseCommand(title.replaceAll('\\', ''), language).name),
        [
          'scan',
          'scan',
          'scan-many',
          'schedule',
          'schedules',
          'status',
          'cancel',
          'watch',
          'my-scans',
          'history',
          'report',
          'why',
          'pause',
          'tell-here',
          'language',
          'sign-out',
          'help',
        ],
      );
    });
  }

  it('names the command that was perhaps meant', () => {
    assert.match(helpCard(FULL, 'sta[tus').data.text, /Did you mean “sta\\\[tus”\?/);
  });

  it('offers the sign-in in the welcome only', () => {
    assert.deepEqual(
      [welcomeCard(FULL), helpCard(FULL, undefined)].map(({ data }) => 'signsIn' in data && data.signsIn),
      [true, false],
    );
  });
});
