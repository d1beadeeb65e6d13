import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { Scene } from '../support/scene.ts';

describe('a report', () => {
  let house: House;
  afterEach(() => house.close());

  async function open(): Promise<void> {
    house = await House.open();
    for (const handle of ['alice', 'bob']) await house.teams.driver.isSignedIn(handle);
  }

  const own = (handle: string): Place => house.teams.driver.personalChat(handle);

  /** A request that somebody dismisses. */
  async function dismisses(handle: string, device: string): Promise<void> {
    const { driver } = house.teams;
    await driver.says(handle, `scan quick ${device} because test`, own(handle));
    await house.shows('Waiting for confirmation', own(handle));
    await driver.presses(handle, 'Dismiss', {}, { place: own(handle) });
    await house.shows('Dismissed', own(handle));
  }

  async function asks(handle: string, text: string, place = own(handle)): Promise<string> {
    const { driver } = house.teams;
    const before = driver.cards(place).length;
    await driver.says(handle, text, place);
    const card = await driver.until(() => driver.cards(place)[before], 'the report');
    return JSON.stringify(card);
  }

  it('counts what the reader asked for, by how it ended, type and device', async () => {
    await open();
    await dismisses('alice', 'fin-laptop-07');
    await dismisses('alice', 'fin-laptop-07');
    await dismisses('bob', 'dev-station-02');
    const card = await asks('alice', 'report 24h');
    assert.match(card, /Scans of the last 24 hours/);
    assert.match(card, /What you asked me for from/);
    assert.match(card, /"text":"Dismissed"[^]*"text":"2"/);
    assert.match(card, /fin-laptop-07\.contoso\.com/);
    assert.doesNotMatch(card, /dev-station-02|Bob|Asked by/);
  });

  it('has a chart for clients that draw one, and says the same in a table', async () => {
    await open();
    await dismisses('alice', 'fin-laptop-07');
    const { body } = JSON.parse(await asks('alice', 'report')) as { body: readonly Record<string, unknown>[] };
    const chart = body.find(({ type }) => String(type).startsWith('Chart.'));
    assert.deepEqual([chart?.['fallback'], chart?.['data']], ['drop', [{ x: 'Dismissed', y: 1 }]]);
    assert.ok(body.some(({ type }) => type === 'Table'));
  });

  it('shows names and devices to nobody who reads along', async () => {
    await open();
    await dismisses('alice', 'fin-laptop-07');
    const card = await asks('alice', 'report', house.teams.driver.channelThread());
    assert.match(card, /Dismissed/);
    assert.match(card, /in a personal chat only/);
    assert.doesNotMatch(card, /fin-laptop-07/);
    const csv = await asks('alice', 'report csv', house.teams.driver.channelThread());
    assert.match(csv, /Ask me in a personal chat/);
    assert.doesNotMatch(csv, /fin-laptop-07/);
  });

  it('counts endings, durations and findings of 24 hours, 7 or 30 days', async () => {
    await open();
    const place = own('alice');
    house.defender.raise('fin-laptop-07.contoso.com', { at: house.clock.now() + MINUTE });
    const scene = new Scene(house, { type: 'Quick', place });
    await scene.starts();
    await scene.comesTo('Scan finished: Succeeded');
    await scene.isTold();
    const day = await asks('alice', 'report 24h');
    assert.match(day, /"Completed"[^]*"text":"1"/);
    assert.match(day, /"Quick scans took"[^}]*40 s \(median of 1\)/);
    assert.match(day, /"Findings"[^}]*Alerts: 1 · scans with alerts: 1 of 1/);
    const csv = await asks('alice', 'report 24h csv');
    assert.match(csv, /fin-laptop-07\.contoso\.com,Quick,completed,[^,]+Z,[^,]+Z,40,1/);
    for (const span of ['7d', '30d']) assert.match(await asks('alice', `report ${span}`), /"Completed"/);
  });

  it('comes as CSV to copy, with nothing in it that a spreadsheet would run', async () => {
    await open();
    await dismisses('alice', 'fin-laptop-07');
    const card = await asks('alice', 'report 7d csv');
    assert.match(card, /asked,person,device,type,outcome,approved,started,took_seconds,alerts\\n/);
    assert.match(card, /Z,Alice Andersson,fin-laptop-07\.contoso\.com,Quick,dismissed,,,,/);
    assert.match(card, /"type":"CodeBlock"[^]*"fallback":\{"type":"RichTextBlock"/);
  });
});
