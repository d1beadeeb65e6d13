import assert from 'node:assert/strict';
import { readPersonId } from '../../src/scan/ids.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { forget } from '../../src/store/audit/forget.ts';
import { entriesOf, verified } from '../store/audit-suite.ts';
import { Approval, oidOf } from '../support/approval.ts';
import { House } from '../support/house.ts';

interface Told {
  readonly what: string;
  readonly by: string | undefined;
  readonly name: string | undefined;
  readonly comment: string | undefined;
  readonly reason: string | undefined;
}

describe('the audit of what people decide', () => {
  const ALICE = oidOf('alice');
  const BOB = oidOf('bob');
  let house: House;
  let approval: Approval;

  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'second-person' });
    approval = new Approval(house);
    await approval.asks();
  });
  afterEach(() => house.close());

  /** What people did, in order; by whom and in which words stands beside the chain. */
  async function decisions(): Promise<readonly Told[]> {
    const entries = await entriesOf(house.store);
    return entries
      .filter(({ record }) => record.who === 'person')
      .map(({ record: { what }, personal: { who, name, comment, reason } }) => ({
        what,
        by: who,
        name,
        comment,
        reason,
      }));
  }

  async function told(what: string): Promise<Told> {
    const all = await decisions();
    return all.find((one) => one.what === what) ?? assert.fail(JSON.stringify(all));
  }

  it('tells who asked, who corrected what, who approved which words, and what was sent', async () => {
    await approval.looks('alice');
    await approval.presses('alice', 'Change', { scanType: 'Quick', comment: 'ticket 3213' });
    await approval.cardSays(/changed at/);
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
    assert.deepEqual(
      (await decisions()).map(({ what, by, comment }) => [what, by, comment]),
      [
        ['asked', ALICE, 'ticket 3212'],
        ['corrected', ALICE, 'ticket 3213'],
        ['approved', BOB, 'ticket 3213'],
        ['sent to Defender', BOB, 'ticket 3213'],
      ],
    );
    assert.match((await told('approved')).name ?? '', /^Bob/);
  });

  it('tells who declined, and why', async () => {
    await approval.presses('bob', 'Decline', { reason: 'Payroll runs there' });
    await approval.shows('Declined');
    const { by, reason } = await told('declined');
    assert.deepEqual([by, reason], [BOB, 'Payroll runs there']);
  });

  it('tells who withdrew', async () => {
    await approval.looks('alice');
    await approval.presses('alice', 'Withdraw');
    await approval.shows('Withdrawn');
    assert.equal((await told('withdrawn')).by, ALICE);
  });

  it('forgets the words of a requester wherever they stand, and not who approved them', async () => {
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
    await house.passes(4 * MINUTE, 'Scan finished: Succeeded', approval.place);
    await house.comesToRest();
    await forget(house.store, readPersonId(ALICE)!, house.clock.now());
    const all = await decisions();
    assert.deepEqual(
      all.map(({ comment }) => comment).filter((comment) => comment !== undefined),
      [],
    );
    assert.deepEqual((await told('approved')).by, BOB);
  });

  it('forgets an approver when what they decided about is over, and stays whole', async () => {
    const bob = readPersonId(BOB)!;
    await approval.presses('bob', 'Decline', { reason: 'Payroll runs there' });
    await approval.shows('Declined');
    await house.comesToRest();
    await forget(house.store, bob, house.clock.now());
    const { by, name, reason } = await told('declined');
    assert.deepEqual([by, name, reason], [undefined, undefined, undefined]);
    const { found, lines } = await verified(house.store, house.clock.now());
    assert.ok(!found, lines.join('\n'));
  });
});
