/** Makes the pictures of the README from the real sandbox: `npm run pictures`, or `-- many find` for some of them. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Seat } from './seat.ts';
import { Stage } from './stage.ts';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** By the names of their first pictures. */
const SCENES: Readonly<Record<string, (alice: Seat) => Promise<void>>> = {
  confirm: async (alice) => {
    await confirmation(alice);
    await finishedScan(alice);
    await wire(alice);
  },
  again: scannedAgain,
  find: searching,
  action: messageAction,
  phone: refusedPress,
  schedule: scheduled,
  here: toldHere,
  many: manyAtOnce,
};
const wanted = process.argv.slice(2);

mkdirSync(FOLDER, { recursive: true });
const stage = await Stage.open();
try {
  await passesFaster(1440);
  const alice = await stage.seat('alice');
  await signInBeforehand(alice);
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length === 0 || wanted.includes(name)) await scene(alice);
  }
} finally {
  await stage.close();
}

async function passesFaster(factor: number): Promise<void> {
  await stage.call('/api/time-lapse', { factor });
}

/** So that the thread in the pictures begins with the scan itself. */
async function signInBeforehand(alice: Seat): Promise<void> {
  await alice.goesTo('Scan Bot');
  await alice.presses('Sign in');
  await alice.note.getByRole('button', { name: 'Sign in' }).click();
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Your Teams account' }).click();
  await alice.page.locator('.note', { hasText: 'You are signed in' }).waitFor();
  await alice.goesTo('Incidents');
}

/** Up to the question about this device: one about another may stand above. */
async function asks(alice: Seat, command: string, device: string): Promise<void> {
  await alice.says(`@Scan Bot ${command}`);
  await alice.card.getByText(device).first().waitFor();
  await alice.seesCard('Waiting for confirmation');
}

async function confirmation(alice: Seat): Promise<void> {
  await alice.says('@Scan Bot scan full fin-laptop-07 because alert 3212');
  await alice.seesCard('Waiting for confirmation');
  await fromThePost(alice);
  await picture(alice, 'confirm');
}

async function finishedScan(alice: Seat): Promise<void> {
  await alice.presses('Run scan');
  await alice.toast.waitFor();
  await alice.seesCard('Scan finished: Succeeded');
  await alice.ticked('Your first scan').waitFor();
  await fromThePost(alice);
  await picture(alice, 'sandbox');
  await alice.page.emulateMedia({ colorScheme: 'dark' });
  await picture(alice, 'sandbox-dark');
  await alice.page.emulateMedia({ colorScheme: 'light' });
}

async function wire(alice: Seat): Promise<void> {
  await alice.toast.getByRole('button', { name: 'Close this notification' }).click();
  await alice.opensTab('Wire');
  await alice.page.getByRole('radio', { name: 'Defender' }).click();
  const start = alice.page.locator('.wire-line', { hasText: 'runAntiVirusScan' });
  await start.click();
  await start.evaluate((line) => {
    line.scrollIntoView({ block: 'start' });
  });
  await picture(alice, 'wire');
  await alice.opensTab('Drill');
}

async function searching(alice: Seat): Promise<void> {
  await alice.goesTo('Scan Bot');
  await alice.says('scan');
  await alice.seesCard('Which device?');
  await alice.card.getByRole('combobox').fill('tag:finance');
  await alice.page.getByRole('option').first().waitFor();
  await alice.card.scrollIntoViewIfNeeded();
  await picture(alice, 'find');
}

async function messageAction(alice: Seat): Promise<void> {
  const bob = await stage.seat('bob');
  await bob.goesTo('Incidents');
  await bob.says('kiosk-lobby and 10.30.1.10 show odd pop-ups, see incident 4711');
  await bob.leave();
  await alice.goesTo('Incidents');
  const post = alice.page.locator('.message', { hasText: 'odd pop-ups' }).last();
  await post.getByRole('button', { name: 'Scan device' }).click();
  await alice.page.locator('.action-dialog').getByRole('button', { name: 'Use this device' }).waitFor();
  await picture(alice, 'action');
  await alice.page.locator('.action-dialog').getByRole('button', { name: 'Close' }).click();
}

async function refusedPress(): Promise<void> {
  const alice = await stage.seat('alice');
  await asks(alice, 'scan quick kiosk-lobby because of a stick', 'kiosk-lobby');
  const bob = await stage.seat('bob', PHONE);
  await bob.presses('Run scan');
  await bob.note.waitFor();
  await picture(bob, 'phone');
}

async function scheduled(alice: Seat): Promise<void> {
  await alice.goesTo('Incidents');
  await alice.says('@Scan Bot schedule scan full fin-laptop-11 every monday 22:00 because patch day');
  await alice.seesCard('Waiting for confirmation');
  await alice.presses('Schedule it');
  await alice.seesCard('Scheduled');
  await fromThePost(alice);
  await picture(alice, 'schedule');
}

async function scannedAgain(alice: Seat): Promise<void> {
  await alice.goesTo('Incidents');
  await asks(alice, 'scan quick fin-laptop-11 because of a stick', 'fin-laptop-11');
  await alice.presses('Run scan');
  await alice.seesCard('Scan finished');
  await closesToasts(alice);
  await alice.presses('Scan again');
  await alice.seesCard('Waiting for confirmation');
  await alice.card.evaluate((card) => {
    card.scrollIntoView({ block: 'end' });
  });
  await picture(alice, 'again');
}

async function toldHere(alice: Seat): Promise<void> {
  await alice.goesTo('Scan Bot');
  await alice.says('tell me here');
  await alice.goesTo('Incidents');
  await asks(alice, 'scan quick dev-station-02 because of a stick', 'dev-station-02');
  await alice.presses('Run scan');
  await alice.seesCard('Scan finished');
  await alice.goesTo('Scan Bot');
  await alice.page.locator('.message', { hasText: 'dev-station-02' }).last().waitFor();
  await closesToasts(alice);
  await picture(alice, 'here');
  await alice.says('tell the channel');
}

async function manyAtOnce(alice: Seat): Promise<void> {
  await alice.goesTo('Incidents');
  const list = 'tag:finance, group:Servers, sales-tablet-04, hr-laptop-12, nowhere-01';
  await asks(alice, `scan quick ${list} because alert 3212`, 'nowhere-01');
  await fromThePost(alice);
  await picture(alice, 'many-preview');
  await passesFaster(40);
  await alice.card.getByRole('button', { name: /^Run \d+ scans$/ }).click();
  await alice.seesCard('Scans under way');
  await alice.card
    .getByText(/Completed/)
    .first()
    .waitFor();
  await fromThePost(alice);
  await picture(alice, 'many');
}

/** Whatever was told of earlier scans. */
async function closesToasts({ page, toast }: Seat): Promise<void> {
  await toast.waitFor();
  const close = page.getByRole('button', { name: 'Close this notification' });
  while ((await close.count()) > 0) await close.last().click();
}

/** With the post at the top and what became of it below. */
async function fromThePost({ page }: Seat): Promise<void> {
  await page
    .locator('.thread')
    .last()
    .evaluate((thread) => {
      thread.scrollIntoView({ block: 'start' });
    });
}

async function picture({ page }: Seat, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
}
