import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readActivity } from '../../src/teams/activity.ts';
import type { Incoming } from '../../src/teams/activity/incoming.ts';

const FOLDER = new URL('recorded/', import.meta.url);
const THREAD = '19:5d2f0c7a9b3e4f61@thread.tacv2;messageid=1790000000001';
const NAMES = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
}

function read<Kind extends Incoming['kind']>(name: string, kind: Kind): Extract<Incoming, { kind: Kind }> {
  const incoming = readActivity(recorded(name));
  assert.equal(incoming.kind, kind);
  return incoming as Extract<Incoming, { kind: Kind }>;
}

describe('a call as Teams makes it', () => {
  it('is read, whichever it is', () => {
    const kinds = NAMES.map((name) => readActivity(recorded(name)).kind);
    assert.deepEqual(new Set(kinds), new Set(['search', 'extension']));
  });

  it('that searches brings what was typed, and nothing when the field is only opened', () => {
    const { text, dataset, thread, person } = read('search', 'search');
    assert.deepEqual([text, dataset, thread.id, person.name], ['fin-lap', 'devices', THREAD, 'Alice Andersson']);
    const opened = read('search-opened', 'search');
    assert.deepEqual([opened.text, opened.thread.kind], ['', 'personal']);
  });

  it('for an action on a message brings the message and its thread', () => {
    for (const name of ['action-on-reply', 'action-on-post']) {
      const { does, command, place, message } = read(name, 'extension');
      assert.deepEqual([does, command, place?.id, place?.kind], ['open', 'scanDevice', THREAD, 'channel'], name);
      assert.match(message, /FIN-LAPTOP-07 looks odd/);
    }
  });

  it('for an action in a chat of others names no place, but a way to write to whoever used it', () => {
    const { place, near, person } = read('action-between-two', 'extension');
    assert.equal(place, undefined);
    assert.deepEqual([near.tenantId, near.serviceUrl.length > 0, person.teamsId], [near.tenantId, true, '29:1alice']);
    assert.match(near.tenantId, /^[0-9a-f-]{36}$/);
  });

  it('for an action after a sign-in brings its code', () => {
    assert.equal(read('action-after-sign-in', 'extension').code, '745254');
  });

  it('that submits the dialog brings what was filled in', () => {
    const { does, values } = read('action-submitted', 'extension');
    assert.equal(does, 'submit');
    assert.deepEqual(Object.keys(values).sort(), ['device', 'name', 'reason']);
  });

  it('may lack anything without a fault', () => {
    for (const name of NAMES) {
      const whole = recorded(name) as Record<string, unknown>;
      for (const field of Object.keys(whole)) {
        assert.doesNotThrow(() => readActivity({ ...whole, [field]: undefined }), `${name} without ${field}`);
        assert.doesNotThrow(() => readActivity({ ...whole, [field]: 7 }), `${name} with another ${field}`);
      }
    }
  });
});
