import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFaults } from '../../src/config.ts';
import { DAY } from '../../src/scan/time.ts';
import { faultsOf, faultyVariables, READY, started } from './readings.ts';

const SECRET = 'k8Q-secret';
const REMOTE = `postgres://bot:${SECRET}@db.example.com:5432/bot`;

describe('the storage', () => {
  it('takes the address of a PostgreSQL database as it stands', () => {
    const addresses = [
      REMOTE,
      'postgresql://localhost/bot',
      'postgres://bot@/bot?host=/var/run/postgresql',
      'postgres://bot@%2Fvar%2Frun%2Fpostgresql/bot',
    ];
    for (const url of addresses) {
      assert.equal(started({ DATABASE_URL: ` ${url} ` }).config.storage.databaseUrl, url);
    }
  });

  it('refuses what is none, and does not show it', () => {
    for (const url of [
      `mysql://bot:${SECRET}@host/bot`,
      SECRET,
      `host=db password=${SECRET}`,
      'https://db',
      'postgres',
    ]) {
      const faults = faultsOf({ ...READY, DATABASE_URL: url });
      assert.deepEqual(
        faults.map(({ variable }) => variable),
        ['DATABASE_URL'],
      );
      assert.ok(!describeFaults(faults).includes(SECRET));
    }
  });

  it('warns of a way to another machine that is not protected, without showing it', () => {
    for (const options of ['', '?sslmode=disable', '?sslmode=no-verify', '?sslmode=require&uselibpqcompat=true']) {
      const { warnings } = started({ DATABASE_URL: REMOTE + options });
      assert.equal(warnings.length, 1, options);
      assert.match(warnings[0] ?? '', /DATABASE_URL.*sslmode=verify-full/);
      assert.ok(!warnings.join().includes(SECRET));
    }
  });

  it('warns of nothing where the way is protected, or does not leave the machine', () => {
    const local = [
      'postgres://localhost/bot',
      'postgres://127.0.0.1:5433/bot',
      'postgres://[::1]/bot',
      'postgres:///bot',
    ];
    const sockets = ['postgres://bot@/bot?host=/var/run/postgresql', 'postgres://bot@%2Fvar%2Frun/bot'];
    for (const url of [...local, ...sockets, `${REMOTE}?sslmode=verify-full`, `${REMOTE}?sslmode=require`]) {
      assert.deepEqual(started({ DATABASE_URL: url }).warnings, [], url);
    }
  });

  it('reads any address without throwing or showing it', () => {
    const address = fc.string({ unit: 'binary' }).map((text) => `postgres://§§${text}`);
    fc.assert(
      fc.property(fc.oneof(address, fc.webUrl()), (DATABASE_URL) => {
        const faults = faultsOf({ ...READY, DATABASE_URL });
        assert.ok(!describeFaults(faults).includes('§'));
      }),
    );
  });

  it('keeps finished requests for as many days as it is told, 400 unless told otherwise', () => {
    assert.equal(started().config.storage.keepFinished, 400 * DAY);
    assert.equal(started({ RETENTION_DAYS: '30' }).config.storage.keepFinished, 30 * DAY);
    for (const days of ['0', '-1', '1.5', '36501', 'forever']) {
      assert.deepEqual(faultyVariables({ ...READY, RETENTION_DAYS: days }), ['RETENTION_DAYS']);
    }
  });

  it('remembers sent messages for as many days as it is told, a week at least', () => {
    assert.equal(started().config.storage.keepSent, 7 * DAY);
    assert.equal(started({ RETENTION_MESSAGES_DAYS: '90' }).config.storage.keepSent, 90 * DAY);
    const faults = faultyVariables({ ...READY, RETENTION_MESSAGES_DAYS: '6' });
    assert.deepEqual(faults, ['RETENTION_MESSAGES_DAYS']);
  });
});

describe('the channel of anchors', () => {
  it('is named by its id', () => {
    const channel = '19:0a1b2c3d@thread.tacv2';
    assert.equal(started({ AUDIT_ANCHOR_CHANNEL: channel }).config.storage.anchorChannel, channel);
    assert.equal(started().config.storage.anchorChannel, undefined);
  });

  it('is refused when it is something else', () => {
    for (const text of ['Audit', '19:chat@thread.v2', '19:a@thread.tacv2;messageid=1']) {
      assert.deepEqual(faultyVariables({ ...READY, AUDIT_ANCHOR_CHANNEL: text }), ['AUDIT_ANCHOR_CHANNEL'], text);
    }
  });
});
