import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { people } from '../support/cast.ts';
import { House } from '../support/house.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { signInCards } from '../support/shown.ts';

const oid = (handle: string): string => people.find((person) => person.handle === handle)?.oid ?? '';
const GROUP = '0e000000-0000-4000-8000-000000000009';

describe('a command about rules', () => {
  let house: House;
  let file: PolicyFile;

  const open = async (policy: object): Promise<void> => {
    file = new PolicyFile({ rules: [], ...policy });
    house = await House.open({ POLICY_FILE: file.path });
    for (const handle of ['alice', 'bob', 'walt']) await house.teams.driver.isSignedIn(handle);
  };

  afterEach(async () => {
    await house.close();
    file.remove();
  });

  const answerTo = async (handle: string, text: string, place?: Place): Promise<string> => {
    const { driver } = house.teams;
    const before = driver.texts(place).length;
    await driver.says(handle, text, place);
    await driver.until(() => driver.texts(place).length > before, `the answer to ${text}`);
    return driver.texts(place).at(-1) ?? '';
  };

  const FULL = { name: 'No full scans of *finance*', when: { tag: ['Finance'], type: ['Full'] } };

  it('tells in two sentences which rule applies to a device, and what it asks for', async () => {
    await open({ rules: [{ ...FULL, then: { refuse: 'Ask <Erik> first.' } }], limits: { coolDownMinutes: 30 } });
    const answer = await answerTo('alice', 'why fin-laptop-07');
    assert.equal(answer.split('\n\n').length, 2);
    assert.match(answer, /^For fin-laptop-07\.contoso\.com, what counts for a quick scan is the general setting/);
    assert.match(answer, /for a full one the rule “No full scans of \\\*finance\\\*”\./);
    assert.match(answer, /30 min between two scans.*no scan at all \(“Ask &lt;Erik&gt; first\.”\)/);
  });

  it('names what could not be known', async () => {
    const when = { requester: [`group:${GROUP}`] };
    await open({ rules: [{ name: 'Interns', when, then: { approvals: 1, by: 'anyone' } }] });
    house.entra.graph.moods.status = 500;
    const answer = await answerTo('alice', 'why fin-laptop-07');
    assert.match(
      answer,
      /the rule “Interns” \(not known, and so counted against the scan: the groups of whoever asks\)/,
    );
    house.entra.graph.moods.reset();
    assert.match(await answerTo('alice', 'why fin-laptop-07'), /the general setting/);
  });

  it('tells nothing about a device that the person may not see', async () => {
    await open({ rules: [{ name: 'Servers', when: { os: ['WindowsServer*'] }, then: { refuse: 'Secret.' } }] });
    assert.match(await answerTo('bob', 'why srv-files-01'), /“Servers”/);
    assert.match(await answerTo('walt', 'why srv-files-01'), /^srv-files-01 was not found, or you may not see it/);
  });

  it('stops new scans and allows them again, for operators', async () => {
    await open({ operators: [oid('bob')] });
    assert.match(
      await answerTo('bob', 'pause incident *4711*'),
      /^New scans are paused by Bob .* incident \\\*4711\\\*$/,
    );
    assert.match(await answerTo('alice', 'why fin-laptop-07'), /\n\nNew scans are paused by Bob/);
    await house.stop();
    await house.start();
    const told = house.lines.filter((line) => line.includes('New scans are paused until an operator'));
    assert.equal(told.length, 1);
    assert.doesNotMatch(house.lines.join(), /4711/);
    assert.match(await answerTo('bob', 'resume'), /^New scans are allowed again by Bob/);
    assert.doesNotMatch(await answerTo('alice', 'why fin-laptop-07'), /paused/);
    assert.match(await answerTo('bob', 'resume'), /^New scans are not paused/);
  });

  it('tells everybody else who may', async () => {
    await open({ operators: [oid('bob'), `group:${GROUP}`] });
    await answerTo('bob', 'resume');
    const refused = 'Only operators may pause and resume scans: Bob &lt;R&amp;D&gt; Berg, one more person or group';
    assert.ok((await answerTo('alice', 'pause for fun')).startsWith(refused));
    assert.doesNotMatch(await answerTo('alice', 'why fin-laptop-07'), /paused/);
  });

  it('makes nobody an operator whose groups cannot be known, and everybody who is in the group', async () => {
    await open({ operators: [`group:${GROUP}`] });
    house.entra.graph.moods.status = 500;
    assert.match(await answerTo('alice', 'pause'), /^I could not check whether you are an operator/);
    house.entra.graph.moods.reset();
    assert.match(await answerTo('alice', 'pause'), /^Only operators may/);
    house.entra.graph.groups.set(GROUP, new Set([oid('alice')]));
    assert.match(
      await answerTo('alice', 'pause'),
      /^New scans are paused by Alice Andersson\. Scans that run already go on\.$/,
    );
  });

  it('asks an operator of a group to sign in, and goes on by itself', async () => {
    await open({ operators: [`group:${GROUP}`] });
    house.entra.graph.groups.set(GROUP, new Set([oid('mallory')]));
    const { driver } = house.teams;
    await driver.says('mallory', 'pause incident 7');
    await driver.until(() => signInCards(driver.messages()).length > 0, 'a sign-in');
    await driver.signsIn('mallory');
    await driver.until(() => driver.texts().some((text) => text.startsWith('New scans are paused')), 'the pause');
  });

  it('is answered by the rules as they are by now, and a broken file changes nothing', async () => {
    await open({ rules: [{ name: 'Old', then: { allow: true } }] });
    assert.match(await answerTo('alice', 'why fin-laptop-07'), /“Old”/);
    file.write({ rules: [{ name: 'New', then: { allow: true } }] });
    assert.match(await answerTo('alice', 'why fin-laptop-07'), /“Old”/);
    house.reloadPolicy();
    assert.match(await answerTo('alice', 'why fin-laptop-07'), /“New”/);
    file.write('{ "rules": [ { "name": "Broken" } ] }');
    house.reloadPolicy();
    assert.match(await answerTo('alice', 'why fin-laptop-07'), /“New”/);
    const lines = house.lines.filter((line) => line.includes('The policy file is faulty'));
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /\$\.rules\[0\]\.then is missing/);
    const metrics = await (await fetch(`${house.url}/metrics`)).text();
    assert.match(metrics, /scanbot_policy_reloads_total\{outcome="failed"\} 1\n/);
    assert.match(metrics, /scanbot_policy_reloads_total\{outcome="taken"\} 1\n/);
  });

  it('names no operators where nobody wrote any rules', async () => {
    file = new PolicyFile();
    house = await House.open();
    assert.match(await answerTo('bob', 'pause'), /^Nobody may pause and resume scans here/);
    await house.teams.driver.isSignedIn('bob');
    assert.match(
      await answerTo('bob', 'why kiosk-lobby'),
      /the general setting.*\n\nIt asks for this: the confirmation/,
    );
  });
});
