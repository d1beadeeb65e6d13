import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAvRecord, readScanEnds } from '../../src/defender/av-wire.ts';
import { DefenderEndingSources, scanEndsQuery } from '../../src/defender/ending-sources.ts';
import type { DefenderTokens } from '../../src/defender/in-persons-name.ts';
import { createNet } from '../../src/net/request.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alice, contoso, NOON } from './contoso.ts';
import type { Contoso } from './contoso.ts';
import { MemoryCallBudget } from './memory-call-budget.ts';

const PERSON = { as: 'person', person: alice } as const;

/** The documentation's own sample, with an id of the right form. */
const SAMPLE = {
  id: 'Sample Guid',
  machineId: 'A1'.repeat(20),
  avMode: '0',
  quickScanResult: 'Completed',
  quickScanError: '',
  quickScanTime: '2022-08-02T18:40:15.882Z',
  fullScanResult: '',
  fullScanError: '',
  fullScanTime: null,
  avSignatureUpdateTime: '2022-08-02T00:03:39Z',
  avIsSignatureUpToDate: 'True',
};

describe('a device’s antivirus record', () => {
  it('is read with the last scans that have ended', () => {
    assert.deepEqual(readAvRecord(SAMPLE), {
      device: 'a1'.repeat(20),
      mode: 'active',
      signaturesUpToDate: true,
      signaturesFrom: Date.UTC(2022, 7, 2, 0, 3, 39),
      ends: [
        {
          device: 'a1'.repeat(20),
          type: 'Quick',
          outcome: 'completed',
          at: Date.UTC(2022, 7, 2, 18, 40, 15, 882),
          errorCode: '',
        },
      ],
    });
  });

  it('claims nothing about words that nobody knows', () => {
    const record = readAvRecord({
      ...SAMPLE,
      avMode: '9',
      quickScanResult: 'Paused',
      avIsSignatureUpToDate: 'Unknown',
    });
    assert.deepEqual([record?.mode, record?.signaturesUpToDate, record?.ends], ['unknown', undefined, []]);
  });

  it('is read or not, whatever it holds, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readAvRecord(value);
        readScanEnds(value);
        readScanEnds({ Results: [value] });
      }),
    );
  });
});

describe('hunting for the ends of scans', () => {
  const device = 'b2'.repeat(20) as DeviceId;

  it('understands each kind of end, and leaves out the rest', () => {
    const row = (ActionType: string, AdditionalFields: unknown = '{"ScanTypeIndex":"Quick"}'): unknown => ({
      Timestamp: '2026-11-20T12:00:00Z',
      DeviceId: device,
      ActionType,
      AdditionalFields,
    });
    const Results = [
      row('AntivirusScanCompleted'),
      row('AntivirusScanCancelled', { ScanTypeIndex: 'full' }),
      row('AntivirusScanFailed'),
      row('AntivirusReport'),
      row('AntivirusScanCompleted', 'no JSON'),
      null,
    ];
    assert.deepEqual(
      readScanEnds({ Schema: [], Results })?.map(({ type, outcome }) => `${type} ${outcome}`),
      ['Quick completed', 'Full cancelled', 'Quick failed'],
    );
    assert.equal(readScanEnds({ value: [] }), undefined);
  });

  it('asks about all devices in one query', () => {
    const query = scanEndsQuery(['a1'.repeat(20) as DeviceId, device], NOON);
    assert.match(query, /Timestamp > datetime\(2026-11-20T12:00:00\.000Z\)/);
    assert.match(query, new RegExp(`DeviceId in \\('${'a1'.repeat(20)}', '${device}'\\)`));
  });
});

describe('Defender as a source of endings', () => {
  let here: Contoso;
  const clock = new FakeClock(NOON);
  const wanted: string[] = [];
  let huntingToken: Awaited<ReturnType<DefenderTokens['token']>>;

  beforeEach(async () => {
    here = await contoso();
    wanted.length = 0;
    huntingToken = answered('alice+AdvancedQuery.Read');
  });
  afterEach(() => here.standIn.close());

  function sources(): DefenderEndingSources {
    const token: DefenderTokens['token'] = (_person, want) => {
      wanted.push(want);
      return Promise.resolve(want === 'hunting' ? huntingToken : answered('alice'));
    };
    const tokens = { token, accounts: () => [], application: () => Promise.resolve(answered('app')) };
    return new DefenderEndingSources({
      baseUrl: here.standIn.url,
      ...{ net: createNet(), clock, budget: new MemoryCallBudget(), tokens },
    });
  }

  it('reads the records of the devices that were asked for, in the person’s name', async () => {
    here.standIn.ownScans.add({ device: here.standIn.devices[0]!, type: 'Full', at: NOON - DAY });
    const answer = await sources().records(PERSON, [here.device]);
    assert.ok(answer.ok);
    assert.deepEqual(
      answer.value.map(({ device, mode }) => [device, mode]),
      [[here.device, 'active']],
    );
    assert.deepEqual(wanted, ['scan']);
    assert.match(here.standIn.wire.entries.at(-1)?.query ?? '', /machineId/);
  });

  it('asks for the right to hunt in a token request of its own', async () => {
    here.standIn.ownScans.add({ device: here.laptop, type: 'Full', at: NOON - HOUR });
    const answer = await sources().events(PERSON, [here.device], NOON - 2 * HOUR);
    assert.ok(answer.ok);
    assert.deepEqual(
      answer.value.map(({ device, type, at }) => [device, type, at]),
      [[here.device, 'Full', NOON - HOUR]],
    );
    assert.deepEqual(wanted, ['hunting']);
  });

  it('tells a missing consent and a missing licence apart from a scan that has not ended', async () => {
    huntingToken = refused('consent-missing');
    const consent = await sources().events(PERSON, [here.device], NOON);
    assert.equal(!consent.ok && consent.refusal.kind, 'consent-missing');
    here.standIn.moods.start('feature-disabled', { on: 'av-health' });
    const licence = await sources().records(PERSON, [here.device]);
    assert.equal(!licence.ok && licence.refusal.kind, 'feature-disabled');
  });

  it('stays within thirty records a minute and five seconds of hunting a minute', async () => {
    const source = sources();
    let records = 0;
    while ((await source.records(PERSON, [here.device])).ok) records += 1;
    assert.ok(records > 15 && records <= 30 * 0.8, String(records));
    const over = await source.records(PERSON, [here.device]);
    assert.ok(
      !over.ok && over.refusal.kind === 'throttled' && (over.refusal.retryAt ?? 0) <= NOON + MINUTE + 2 * SECOND,
    );
    let hunts = 0;
    while ((await source.events(PERSON, [here.device], NOON)).ok) hunts += 1;
    assert.ok(hunts > 20 && hunts <= 45 * 0.8, String(hunts));
    assert.ok(80 * 5 * SECOND <= 10 * MINUTE);
  });
});
