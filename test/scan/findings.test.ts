import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gravestOf, readAlertId } from '../../src/scan/alert.ts';
import type { Alert } from '../../src/scan/alert.ts';
import { findingsOf, isLasting, newFindings } from '../../src/scan/findings.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { laptop, NOON } from '../support/requests.ts';

export function alertOf(facts: Partial<Alert> = {}): Alert {
  return {
    id: 'da637472900382838869_1364969609',
    title: 'Malware',
    severity: 'Medium',
    status: 'New',
    source: 'WindowsDefenderAtp',
    family: '',
    incident: 7587,
    device: laptop.id,
    deviceName: laptop.name,
    createdAt: NOON,
    lastSeenAt: NOON,
    ...facts,
  };
}

const looked = { from: NOON, now: NOON + MINUTE, nextLookAt: undefined };
const titles = (alerts: readonly Alert[]): readonly string[] => alerts.map(({ title }) => title);

describe('what was found', () => {
  it('is what was seen or raised since the scan began', () => {
    const before = alertOf({ id: 'a', createdAt: NOON - 1, lastSeenAt: NOON - 1 });
    const again = alertOf({ id: 'b', createdAt: NOON - MINUTE, lastSeenAt: NOON });
    const late = alertOf({ id: 'c', createdAt: NOON + MINUTE, lastSeenAt: NOON - 1 });
    const { count, ids } = findingsOf([before, again, late], looked);
    assert.deepEqual([count, ids.toSorted()], [2, ['b', 'c']]);
  });

  it('counts an alert that is listed twice once', () => {
    assert.equal(findingsOf([alertOf(), alertOf()], looked).count, 1);
  });

  it('begins with the antivirus, then the gravest, then the newest; words that nobody knows come last', () => {
    const alerts = [
      alertOf({ id: '1', title: 'odd', severity: 'Astonishing' }),
      alertOf({ id: '2', title: 'high', severity: 'HIGH' }),
      alertOf({ id: '3', title: 'newer', lastSeenAt: NOON + 1 }),
      alertOf({ id: '4', title: 'older' }),
      alertOf({ id: '5', title: 'antivirus', severity: 'Low', source: 'windowsDefenderAV' }),
    ];
    const { shown } = findingsOf(alerts, looked);
    assert.deepEqual(titles(shown), ['antivirus', 'high', 'newer', 'older', 'odd']);
    assert.equal(gravestOf(alerts)?.title, 'high');
    assert.equal(gravestOf([]), undefined);
  });

  it('shows five of any number', () => {
    const many = Array.from({ length: 300 }, (_, nth) => alertOf({ id: String(nth) }));
    const { count, shown, ids } = findingsOf(many, looked);
    assert.deepEqual([count, shown.length, ids.length], [300, 5, 200]);
  });

  it('is new when nobody was told of it', () => {
    const first = findingsOf([alertOf({ id: 'a' })], looked);
    const second = findingsOf([alertOf({ id: 'a' }), alertOf({ id: 'b' })], looked);
    assert.deepEqual(
      [newFindings(first, second), newFindings(undefined, second), newFindings(second, first)],
      [1, 2, 0],
    );
    const unknown = { are: 'unknown', why: { kind: 'throttled' }, nextLookAt: undefined } as const;
    assert.deepEqual([newFindings(unknown, second), newFindings(second, unknown)], [2, 0]);
  });

  it('stays unknown for good where a right is missing, and for a while where Defender is busy', () => {
    for (const kind of ['consent-missing', 'forbidden', 'unauthorized', 'feature-disabled'] as const)
      assert.ok(isLasting({ kind }), kind);
    for (const kind of ['throttled', 'sign-in-needed', 'no-answer', 'not-found'] as const)
      assert.ok(!isLasting({ kind }), kind);
  });
});

describe('the id of an alert', () => {
  it('is one that this API knows', () => {
    for (const id of [
      'da637472900382838869_1364969609',
      'DA637308392288907382_-880718168',
      '636924432519012302_1685044642',
    ])
      assert.equal(readAlertId(id), id.toLowerCase());
  });

  it('is no ticket, no number and nobody else’s alert', () => {
    for (const id of ['3212', '7587', 'INC0012345', 'ra637472900382838869_1364969609', 'da637472900382838869', ''])
      assert.equal(readAlertId(id), undefined);
    fc.assert(fc.property(fc.nat(), (number) => readAlertId(String(number)) === undefined));
  });
});
