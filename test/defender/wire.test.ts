import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mayBeScan, readError, readMachine, readPage, readRows, readScan } from '../../src/defender/wire.ts';
import { readJson } from '../../src/net/read-json.ts';
import type { DeviceId } from '../../src/scan/ids.ts';

const ID = 'de693d7fbda0123456789abcfc9cf40b5bf2da1d';

const ACTION = {
  id: 'd72456af-1234-5678-abcd-abcdef87fdee',
  type: 'RunAntiVirusScan',
  title: null,
  requestor: 'alice@contoso.com',
  requestorComment: 'Quick check',
  status: 'Succeeded',
  machineId: ID,
  computerDnsName: null,
  creationDateTimeUtc: '2024-11-22T12:48:33.9936591Z',
  lastUpdateDateTimeUtc: '2024-11-22T12:48:56.7684808Z',
  errorHResult: 0,
  scope: 'Quick',
};

const MACHINE = {
  id: ID.toUpperCase(),
  computerDnsName: 'C-Lab-31',
  osPlatform: 'Windows10',
  version: '22H2',
  osBuild: 19045,
  healthStatus: 'Active',
  onboardingStatus: 'Onboarded',
  lastSeen: '2025-04-02T02:51:16.2059102Z',
  riskScore: 'None',
  rbacGroupId: 0,
  rbacGroupName: null,
  lastIpAddress: '10.0.0.1',
  deviceValue: 'Normal',
  machineTags: ['Lab', '', 7],
  mergedIntoMachineId: null,
};

function scan(facts: object): ReturnType<typeof readScan> {
  return readScan({ ...ACTION, ...facts });
}

function without(key: keyof typeof ACTION): object {
  return Object.fromEntries(Object.entries(ACTION).filter(([name]) => name !== key));
}

/** Real keys with anything at all as values, so that more than the first look is tried. */
const ANYTHING = fc.oneof(
  fc.jsonValue(),
  fc.record(Object.fromEntries(Object.keys({ ...ACTION, ...MACHINE }).map((key) => [key, fc.jsonValue()]))),
  fc.record({ ...mapped(ACTION), creationDateTimeUtc: fc.string(), errorHResult: fc.jsonValue() }),
  fc.record({ value: fc.jsonValue(), error: fc.jsonValue() }),
);

function mapped(facts: object): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, fc.oneof(fc.constant(value as unknown), fc.jsonValue())]),
  );
}

describe('Defender’s JSON', () => {
  it('is never too strange to be looked at', () => {
    fc.assert(
      fc.property(ANYTHING, (body) => {
        for (const read of [readScan, readMachine, readPage]) assert.notEqual(read(body), null);
        assert.equal(typeof mayBeScan(body), 'boolean');
        assert.deepEqual(Object.keys(readError(body)).sort(), ['code', 'message', 'target']);
        const rows = readRows([body], readMachine);
        assert.equal(rows.read.length + rows.unread, 1);
      }),
    );
  });

  it('never throws as text either', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readPage(readJson(text));
        readError(readJson(text));
      }),
    );
    assert.equal(readJson('<html>'), undefined);
  });

  it('gives times that are whole numbers or nothing', () => {
    fc.assert(
      fc.property(ANYTHING, (body) => {
        const read = readScan(body);
        assert(read === undefined || (Number.isInteger(read.createdAt) && Number.isInteger(read.updatedAt)));
      }),
    );
  });
});

describe('a machine action', () => {
  it('is read', () => {
    assert.deepEqual(readScan(ACTION), {
      id: ACTION.id,
      device: ID,
      status: 'Succeeded',
      word: 'Succeeded',
      type: 'Quick',
      requester: 'alice@contoso.com',
      comment: 'Quick check',
      createdAt: Date.UTC(2024, 10, 22, 12, 48, 33, 993),
      updatedAt: Date.UTC(2024, 10, 22, 12, 48, 56, 768),
      errorCode: '',
    });
  });

  it('may carry keys that nobody has heard of, and null where a text belongs', () => {
    assert.equal(scan({ brandNew: { deep: [] }, requestor: null })?.requester, '');
  });

  it('may call its last update by either name, or not at all', () => {
    const older = { ...without('lastUpdateDateTimeUtc'), lastUpdateTimeUtc: '2024-11-22T12:49:00Z' };
    assert.equal(readScan(older)?.updatedAt, Date.UTC(2024, 10, 22, 12, 49));
    assert.equal(readScan(without('lastUpdateDateTimeUtc'))?.updatedAt, readScan(ACTION)?.createdAt);
  });

  it('may spell Cancelled with one l, and any state in any case', () => {
    assert.deepEqual(
      ['Canceled', 'Cancelled', 'Timeout', 'PENDING', 'Queued', null, 'constructor', '__proto__'].map(
        (status) => scan({ status })?.status,
      ),
      ['Cancelled', 'Cancelled', 'TimeOut', 'Pending', 'Unknown', 'Unknown', 'Unknown', 'Unknown'],
    );
  });

  it('leaves the scan type open when it says none', () => {
    assert.deepEqual(
      ['Full', 'quick', null, 'Selective', undefined].map((scope) => scan({ scope })?.type),
      ['Full', 'Quick', undefined, undefined, undefined],
    );
  });

  it('shows its error the way people look it up', () => {
    assert.deepEqual(
      [-2145844840, '-2147467260', 0, '0', null, 2147500037, 'E_FAIL', 1e300, 0.5].map(
        (errorHResult) => scan({ errorHResult })?.errorCode,
      ),
      ['0x80190198', '0x80004004', '', '', '', '0x80004005', '', '', ''],
    );
  });

  it('takes a time without a zone for UTC', () => {
    assert.equal(scan({ creationDateTimeUtc: '2024-11-22T12:48:33.9936591' })?.createdAt, readScan(ACTION)?.createdAt);
  });

  it('loses null bytes', () => {
    assert.equal(scan({ requestorComment: 'Quick\0 check\0' })?.comment, 'Quick check');
  });

  it('is unreadable without id, device or time', () => {
    for (const key of ['id', 'machineId', 'creationDateTimeUtc'] as const) {
      assert.equal(readScan(without(key)), undefined, key);
      assert.equal(scan({ [key]: { odd: true } }), undefined, key);
    }
    assert.equal(scan({ creationDateTimeUtc: '0001-01-01T00:00:00Z' }), undefined);
  });

  it('needs no more than an id where the rest is known', () => {
    const read = readScan({ id: ACTION.id, machineId: '1234' }, { device: ID as DeviceId, at: 5 });
    assert.deepEqual([read?.device, read?.createdAt, read?.status], [ID, 5, 'Unknown']);
  });

  it('is a scan unless it says otherwise', () => {
    assert.deepEqual(
      ['RunAntiVirusScan', 'runantivirusscan', null, 'Isolate'].map((type) => mayBeScan({ ...ACTION, type })),
      [true, true, true, false],
    );
  });
});

describe('a machine', () => {
  it('is read', () => {
    assert.deepEqual(readMachine(MACHINE), {
      id: ID,
      name: 'C-Lab-31',
      os: 'Windows10',
      osVersion: '22H2',
      osBuild: '19045',
      health: 'Active',
      onboarding: 'Onboarded',
      lastSeen: Date.UTC(2025, 3, 2, 2, 51, 16, 205),
      risk: 'None',
      value: 'Normal',
      group: '',
      lastIp: '10.0.0.1',
      tags: ['Lab', '7'],
      mergedInto: undefined,
    });
  });

  it('may spell the key of its onboarding as the documentation does', () => {
    const { onboardingStatus, ...rest } = MACHINE;
    assert.equal(readMachine({ ...rest, onboardingstatus: onboardingStatus })?.onboarding, 'Onboarded');
  });

  it('needs nothing but its id', () => {
    assert.equal(readMachine({ id: ID })?.name, '');
    assert.equal(readMachine({ ...MACHINE, id: '1234' }), undefined);
  });

  it('has tags that are unknown where they are missing or cannot be read, and none where the list is empty', () => {
    for (const machineTags of [undefined, null, 'Lab', ['Lab', null], [{ name: 'Lab' }]]) {
      assert.equal(readMachine({ ...MACHINE, machineTags })?.tags, undefined, JSON.stringify(machineTags));
    }
    assert.deepEqual(readMachine({ ...MACHINE, machineTags: [] })?.tags, []);
  });

  it('tells what it was merged into', () => {
    assert.equal(readMachine({ ...MACHINE, mergedIntoMachineId: 'a'.repeat(40) })?.mergedInto, 'a'.repeat(40));
  });
});

describe('a list', () => {
  it('needs its rows', () => {
    assert.deepEqual(readPage({ value: [] }), { rows: [], goesOn: false });
    assert.equal(readPage({ value: {} }), undefined);
    assert.equal(readPage([]), undefined);
  });

  it('may say that it goes on', () => {
    assert.equal(readPage({ value: [1], '@odata.nextLink': 'https://anywhere' })?.goesOn, true);
  });
});
