import assert from 'node:assert/strict';
import { describeInBrowser } from './browser.ts';
import type { Seat } from './seat.ts';
import { Stage } from './stage.ts';

const WISH = '@Scan Bot scan full fin-laptop-07 because alert 3212';
const BOB = '8b2e9c47-1a5d-4f03-b6e8-c9d0417f2a35';

async function signIn(seat: Seat): Promise<void> {
  await seat.button('Sign in').last().click();
  await seat.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
  await seat.page.getByRole('dialog').waitFor({ state: 'hidden' });
}

describeInBrowser('two people of whom one must approve', function () {
  this.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ APPROVAL: 'second-person' });
    await stage.call('/api/time-lapse', { factor: 1440 });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('ask, correct, approve and see it end', async () => {
    const [alice, bob] = [await stage.seat('alice'), await stage.seat('bob')];
    await alice.says(WISH);
    await signIn(alice);
    await alice.seesCard('Waiting for approval');
    await alice.card.getByRole('button', { name: 'Withdraw' }).waitFor();
    assert.equal(await alice.card.getByRole('button', { name: 'Approve' }).count(), 0);
    await alice.shot('30-own-view');

    await bob.seesCard('Waiting for approval');
    assert.equal(await bob.card.getByRole('button', { name: 'Withdraw' }).count(), 0);
    await bob.shot('31-approve');

    await alice.card.getByRole('textbox', { name: /^Comment/ }).fill('alert 3212, and the mail from this morning');
    await alice.presses('Change');
    await bob.card.getByText(/Type or comment were changed at/).waitFor();
    await bob.card.getByText(/the mail from this morning/).waitFor();
    await bob.shot('32-changed');

    await bob.presses('Approve');
    await bob.note.getByRole('button', { name: 'Sign in' }).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await alice.toast.waitFor();
    await alice.seesCard('Scan finished: Succeeded');
    await alice.card.getByText(/Bob Berg, \d\d:\d\d/).waitFor();
    await alice.page.locator('.message', { hasText: 'Bob Berg approved.' }).waitFor();
    await alice.ticked('Four eyes').waitFor();
    await alice.shot('33-approved');
  });

  it('decline with a reason, and withdraw', async () => {
    const [alice, bob] = [await stage.seat('alice'), await stage.seat('bob')];
    await alice.says('@Scan Bot scan quick kiosk-lobby because of a stick');
    await bob.seesCard('Waiting for approval');
    await bob.card.getByRole('textbox', { name: /^Reason/ }).fill('The kiosk is in use until five');
    await bob.presses('Decline');
    await alice.seesCard('Declined');
    await alice.card.getByText('The kiosk is in use until five').first().waitFor();
    await alice.shot('34-declined');

    await alice.says('@Scan Bot scan quick kiosk-lobby because of another stick');
    await alice.seesCard('Waiting for approval');
    await alice.presses('Withdraw');
    await bob.seesCard('Withdrawn');
  });

  it('are told why somebody cannot decide', async () => {
    const [alice, mallory] = [await stage.seat('alice'), await stage.seat('mallory')];
    await alice.says('@Scan Bot scan quick lab-pc-03 because of alert 3213');
    await mallory.seesCard('Waiting for approval');
    await mallory.presses('Approve');
    await mallory.note.getByRole('button', { name: 'Sign in' }).click();
    await mallory.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await mallory.note.getByText(/Defender does not show it to you/).waitFor();
    await mallory.shot('35-cannot-decide');
    await alice.card.getByRole('button', { name: 'Withdraw' }).waitFor();
  });
});

describeInBrowser('an approver who is on the list', function () {
  this.timeout(180_000);
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ APPROVAL: 'approvers', APPROVERS: BOB });
    await stage.call('/api/time-lapse', { factor: 1440 });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('is mentioned, and approves in a chat of their own what was asked for in another', async () => {
    const [alice, bob] = [await stage.seat('alice'), await stage.seat('bob')];
    await alice.goesTo('Scan Bot');
    await bob.goesTo('Scan Bot');
    await alice.says(WISH.replace('@Scan Bot ', ''));
    await alice.page.locator('.sign-in-card').getByRole('button').click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await alice.seesCard('Waiting for approval');
    await bob.seesCard('Waiting for approval');
    await bob.shot('36-copy');
    await bob.presses('Approve');
    await bob.note.getByRole('button', { name: 'Sign in' }).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
    await alice.seesCard('Scan finished: Succeeded');
    await bob.seesCard('Scan finished: Succeeded');
    await alice.shot('37-closed-copies');

    await alice.goesTo('Incidents');
    await alice.says('@Scan Bot scan quick kiosk-lobby because of a stick');
    await bob.toast.waitFor();
    assert.match(await bob.toast.innerText(), /asks for your approval/);
    await bob.shot('38-mentioned');
  });
});
