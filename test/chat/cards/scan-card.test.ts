import assert from 'node:assert/strict';
import type { ScanFields } from '../../../src/chat/cards/card-view.ts';
import { scanCard } from '../../../src/chat/cards/scan-card.ts';
import type { Person } from '../../../src/scan/person.ts';
import type { ScanRequest } from '../../../src/scan/scan-request.ts';
import type { Following, Stage } from '../../../src/scan/stage.ts';
import { MINUTE } from '../../../src/scan/time.ts';
import { ALICE, closed, EVERY_STAGE, following, lookOf, NOON, requestIn, scanAs, settled } from './requests.ts';
import { withFindings } from '../../gallery/with-findings.ts';

function fieldsOf(stage: Stage, facts: Partial<ScanRequest> = {}, detail: 'minimal' | 'full' = 'minimal'): ScanFields {
  const view = scanCard(requestIn(stage, facts), lookOf(detail));
  assert.equal(view.template, 'scan');
  return view.data;
}

function factsOf(fields: ScanFields): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.facts.map(({ title, value }) => [title, value]));
}

function textsOf(fields: ScanFields): string {
  return [fields.heading, fields.text, fields.next, fields.trace].join('\n');
}

describe('the card of a scan', () => {
  it('says who is asked to sign in, and until when', () => {
    const fields = fieldsOf(EVERY_STAGE['asked, waits for sign-in']!);
    assert.match(textsOf(fields), /Waiting for sign-in[^]*Alice Aalto: sign in/);
    assert.equal(factsOf(fields)['Sign in by'], '14:05');
  });

  it('says until when it waits for Defender', () => {
    assert.match(fieldsOf(EVERY_STAGE['approved, waits for Defender']!).text, /wait until 14:05/);
  });

  it('shows the comment of somebody else’s scan only where everything may be shown', () => {
    for (const stage of [
      following('Pending', true, { comment: 'between us' }),
      settled('Succeeded', true, { comment: 'between us' }),
    ]) {
      assert.equal(factsOf(fieldsOf(stage))['Comment'], undefined);
      assert.equal(factsOf(fieldsOf(stage, {}, 'full'))['Comment'], 'between us');
    }
  });

  it('shows type, comment, requester and times', () => {
    assert.deepEqual(factsOf(fieldsOf(settled('Succeeded'))), {
      Type: 'Full',
      Comment: 'alert 3212 says so',
      'Requested by': 'Alice Aalto',
      Asked: '13:55',
      Submitted: '11:50',
      Ended: '14:00',
      Took: '2 h 10 min',
    });
  });

  it('shows what was typed as long as nothing is decided', () => {
    const wanted = { device: 'fin-laptop-07', type: 'Quick', comment: 'it beeps' } as const;
    const fields = fieldsOf(EVERY_STAGE['asked']!, { wanted });
    assert.deepEqual(
      [fields.device, factsOf(fields)['Type'], factsOf(fields)['Comment']],
      ['fin-laptop-07', 'Quick', 'it beeps'],
    );
    assert.equal(fields.link, '');
  });

  it('shows the risk and the details of the device only in full detail', () => {
    const titles = (detail: 'minimal' | 'full'): string[] =>
      Object.keys(factsOf(fieldsOf(following('Pending'), {}, detail)));
    assert.ok(titles('full').includes('Risk') && titles('full').includes('Device id'));
    assert.ok(!titles('minimal').includes('Risk') && !titles('minimal').includes('Device id'));
  });

  it('leads to the device in Defender', () => {
    const { link } = fieldsOf(following('InProgress'));
    assert.equal(link, 'https://security.microsoft.com/machines/1e5bc9d7e413ddd7902c2932e418702b84d0cc07/overview');
  });

  it('repeats Defender’s word for the end and claims nothing more', () => {
    const words = {
      Succeeded: [/^✅ Scan finished: Succeeded$/, /ran to its end at 14:00/],
      Failed: [/did not run: Failed$/, /scan failed/],
      TimeOut: [/did not run: TimeOut$/, /did not pick the scan up/],
      Cancelled: [/did not run: Cancelled$/, /cancelled.*may have run it all the same/],
    } as const;
    for (const [status, [heading, text]] of Object.entries(words)) {
      const fields = fieldsOf(settled(status as keyof typeof words));
      assert.match(fields.heading, heading);
      assert.match(fields.text, text);
      assert.doesNotMatch(textsOf(fields), /clean|no threat|no virus/i);
    }
  });

  it('has a button to cancel while Defender may still take that, for the scan’s own request', () => {
    for (const status of ['Pending', 'InProgress'] as const) {
      assert.equal(fieldsOf(following(status)).cancel, 'Cancel scan');
      assert.equal(fieldsOf(following(status, true)).cancel, '');
    }
    for (const status of ['Succeeded', 'TimeOut'] as const) assert.equal(fieldsOf(settled(status)).cancel, '');
  });

  it('says since when a scan waits, and when Defender gives up', () => {
    const fields = fieldsOf(following('Pending'));
    assert.match(fields.text, /waited for the device since 11:50/);
    assert.match(fields.next, /Defender gives up on Monday 11:50/);
  });

  it('says what an unconfirmed end means, and claims no end', () => {
    const fields = fieldsOf(EVERY_STAGE['settled, unconfirmed']!);
    assert.match(fields.heading, /Accepted, not confirmed yet \(Succeeded\)/);
    assert.match(fields.text, /may still be running/);
    assert.match(fields.next, /until Monday 14:15 at the latest/);
    assert.equal(factsOf(fields)['Ended'], undefined);
    assert.match(fieldsOf(EVERY_STAGE['settled, unconfirmed, told']!).text, /Nothing that I can read in Defender/);
    assert.match(fieldsOf(EVERY_STAGE['settled, never confirmed']!).text, /For three days I looked/);
  });

  it('says who shows an end, and that it may be another scan’s', () => {
    assert.doesNotMatch(fieldsOf(settled('Succeeded')).text, /mistaken/);
    assert.match(fieldsOf(EVERY_STAGE['settled, by the record']!).text, /record of the device.*scheduled scan/);
    const failed = fieldsOf(EVERY_STAGE['settled, failed there']!);
    assert.match(failed.text, /failed there at 14:00.*0x80508023 means: the threat/);
    assert.equal(factsOf(failed)['Error code'], '0x80508023');
  });

  it('estimates how long it takes from the device’s history, as long as it goes on', () => {
    const estimate = { of: 'device', count: 3, shortest: 130 * MINUTE, longest: 160 * MINUTE } as const;
    const stage = { ...(following('InProgress') as Following), estimate };
    assert.match(fieldsOf(stage).text, /Full scan here, last 3: 2 h 10 min to 2 h 40 min\./);
    const others = { ...stage, estimate: { ...estimate, of: 'os', count: 20, longest: 130 * MINUTE } } as const;
    assert.match(fieldsOf(others).text, /Full scan on other Windows11 devices, last 20: 2 h 10 min\./);
    assert.doesNotMatch(fieldsOf(following('InProgress')).text, /last/);
  });

  it('shows the error code of a failed scan', () => {
    assert.equal(factsOf(fieldsOf(settled('Failed', false, { errorCode: '0x80508023' })))['Error code'], '0x80508023');
  });

  it('never takes a word that it does not know for a result', () => {
    const fields = fieldsOf(following('Unknown'));
    assert.match(textsOf(fields), /unknown state[^]*neither as success nor as failure/);
    assert.doesNotMatch(fields.heading, /finished/);
  });

  it('tells whose scan it follows, and shows that scan and not what was asked for', () => {
    const theirs = { requester: 'bob@contoso.com', type: 'Quick', comment: 'mine', createdAt: NOON } as const;
    const fields = fieldsOf(following('InProgress', true, theirs), {}, 'full');
    assert.match(fields.text, /^A Quick scan by bob\\@contoso\.com .* since 14:00; I follow it here\. No second scan/);
    const facts = factsOf(fields);
    assert.deepEqual([facts['Type'], facts['Comment'], facts['Started by']], ['Quick', 'mine', 'bob\\@contoso.com']);
    assert.match(fieldsOf(settled('Failed', true, { ...theirs, requester: '' })).text, /started by somebody at 14:00/);
  });

  it('gives a device that is not found and one that may not be seen the same sentence', () => {
    assert.match(fieldsOf(EVERY_STAGE['closed without a device']!).text, /not found, or you may not see it/);
    assert.match(fieldsOf(closed('refused', { kind: 'not-found' })).text, /not found, or you may not see it/);
  });

  it('shows code and correlation id of a refusal, and when to try again', () => {
    const refusal = {
      kind: 'throttled',
      status: 429,
      code: 'TooManyRequests',
      target: 'guid-1',
      retryAt: NOON,
    } as const;
    const fields = fieldsOf(closed('refused', refusal));
    assert.equal(fields.trace, "Code: HTTP 429, TooManyRequests · Microsoft's correlation id: guid-1");
    assert.equal(fields.next, 'Try again after 14:00.');
    assert.equal(fieldsOf(closed('refused', { kind: 'no-answer' })).trace, '');
  });

  it('admits when it does not know whether the scan started', () => {
    assert.match(textsOf(fieldsOf(closed('unclear'))), /may or may not run[^]*before you ask for another/);
  });

  it('ties an unexpected fault to its reference', () => {
    assert.match(fieldsOf(closed('unexpected')).text, /Reference: ref-4711/);
  });

  it('leaves no gap in any of its sentences', () => {
    for (const [name, stage] of Object.entries(EVERY_STAGE)) {
      const view = scanCard(requestIn(stage), lookOf('full'));
      assert.doesNotMatch(JSON.stringify(view), /\{\{|undefined|NaN|Invalid/, name);
      assert.ok(view.data.text !== '' && view.data.next !== '', name);
    }
  });

  it('has a summary that reads by itself', () => {
    const summary = (stage: Stage): string => scanCard(requestIn(stage), lookOf('minimal')).summary;
    assert.equal(summary(settled('Succeeded')), 'Full scan of FIN-LAPTOP-07 finished: Succeeded');
    const found = scanCard(withFindings({}, 0), lookOf('minimal', { locale: 'sv' }));
    assert.equal(found.summary, 'Fullständig genomsökning av FIN-LAPTOP-07 klar: inget hittades');
    assert.equal(summary(EVERY_STAGE['proposed']!), 'Scan of FIN-LAPTOP-07 is waiting for confirmation');
    for (const stage of Object.values(EVERY_STAGE)) assert.match(summary(stage), /[Ss]can of fin-laptop-07/i);
  });

  it('shows the beginning of a very long comment, with its lines', () => {
    const content = { type: 'Full', comment: `one\ntwo${'x'.repeat(3000)}` } as const;
    const comment = factsOf(fieldsOf({ ...EVERY_STAGE['approved'], content } as Stage))['Comment'] ?? '';
    assert.match(comment, /^one\n\ntwoxx.*…$/s);
    assert.ok(comment.length < 1100);
  });

  it('tells times by the reader’s clock', () => {
    const reader: Person = { ...ALICE, timeZone: 'America/New_York' };
    const view = scanCard(requestIn(settled('Succeeded')), lookOf('minimal', { reader }));
    assert.match(JSON.stringify(view.data), /"Ended","value":"07:00"/);
  });

  it('names nobody when Defender names nobody', () => {
    const view = scanCard(requestIn(EVERY_STAGE['proposed, busy']!), lookOf('minimal'));
    assert.match(JSON.stringify(view.data), /A Full scan by alice/);
    const busy = scanAs('Pending', { requester: '', type: undefined });
    const other = { ...EVERY_STAGE['proposed'], busy } as Stage;
    assert.match(JSON.stringify(scanCard(requestIn(other), lookOf('minimal')).data), /A scan by somebody/);
  });
});
