import assert from 'node:assert/strict';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { defaultDevices } from '../../src/sandbox/defender/default-devices.ts';
import { MOODS } from '../../src/sandbox/defender/mood-list.ts';
import type { MoodName } from '../../src/sandbox/defender/moods.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { contoso, NOON } from './contoso.ts';
import type { Contoso } from './contoso.ts';
import { ask } from './wire-client.ts';
import type { Told } from './wire-client.ts';

const QUICK = { Comment: 'Check', ScanType: 'Quick' };
const FULL = { Comment: 'Check', ScanType: 'Full' };
const LAPTOP = standInId('fin-laptop-07.contoso.com');
const DEV = standInId('dev-station-02.contoso.com');
const TABLET = standInId('sales-tablet-04.contoso.com');
const PLANT = standInId('plant-hmi-01.contoso.com');

describe('the Defender stand-in', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso({ devices: defaultDevices(NOON) });
  });

  afterEach(() => here.standIn.close());

  const get = (path: string, as = 'alice'): Promise<Told> => ask(here.standIn, `GET ${path}`, { as });
  const post = (path: string, body: unknown, as = 'alice'): Promise<Told> =>
    ask(here.standIn, `POST ${path}`, { as, body });
  const start = (device = LAPTOP, body: unknown = QUICK, as = 'alice'): Promise<Told> =>
    post(`/machines/${device}/runAntiVirusScan`, body, as);
  const statusOf = async (id: unknown): Promise<unknown> => (await get(`/machineactions/${String(id)}`)).body['status'];

  describe('at its door', () => {
    it('turns away who has no token, or a bad one', async () => {
      assert.equal((await ask(here.standIn, 'GET /machines')).status, 401);
      assert.equal((await get('/machines', 'nonsense')).status, 401);
    });

    it('forbids a token for somebody else, and one without the permission', async () => {
      assert.deepEqual(
        [(await get('/machines', 'foreign')).status, (await get('/machines', 'foreign')).code],
        [403, 'Forbidden'],
      );
      assert.equal((await get('/machines', 'unscoped')).code, 'Forbidden');
      assert.equal((await start(LAPTOP, QUICK, 'app')).code, 'Forbidden');
    });

    it('forbids a person what they have no role for', async () => {
      assert.equal((await get('/machines', 'reader')).status, 200);
      assert.equal((await start(LAPTOP, QUICK, 'reader')).code, 'Forbidden');
    });

    it('hides devices of other groups, or forbids them', async () => {
      const names = (await get('/machines', 'clerk')).rows.map((row) => row['rbacGroupName']);
      assert.deepEqual([...new Set(names)], ['Workstations']);
      assert.equal((await start(PLANT, QUICK, 'clerk')).status, 404);
      here.standIn.moods.start('groups-forbidden');
      assert.equal((await start(PLANT, QUICK, 'clerk')).status, 403);
      assert.equal((await get(`/machines/${PLANT}`, 'clerk')).status, 403);
    });

    it('hides the actions of hidden devices', async () => {
      const { body } = await start(PLANT);
      assert.equal((await get('/machineactions', 'clerk')).rows.length, 0);
      assert.equal((await get(`/machineactions/${String(body['id'])}`, 'clerk')).status, 404);
      assert.equal((await get('/machineactions', 'app')).rows.length, 1);
    });

    it('counts calls: a hundred a minute, with the time to wait', async () => {
      for (let calls = 0; calls < 100; calls += 1) assert.equal((await get('/machineactions')).status, 200);
      here.clock.advance(20 * SECOND);
      const refused = await get('/machineactions');
      assert.deepEqual([refused.status, refused.code, refused.headers['retry-after']], [429, '429', '40']);
      assert.equal((await get('/machines')).status, 200, 'each API has its own count');
      here.standIn.moods.start('no-quota');
      assert.equal((await get('/machineactions')).status, 200);
    });

    it('knows the versioned path as well', async () => {
      assert.equal((await get('/v1.0/machines')).status, 200);
    });
  });

  describe('asked for a scan', () => {
    it('answers 201 with all twenty keys, Pending and without a scope', async () => {
      const { status, body } = await start();
      assert.equal(status, 201);
      assert.deepEqual([body['status'], body['scope'], body['requestor']], ['Pending', null, 'alice@contoso.com']);
      const keys = Object.keys(body).filter((key) => !key.startsWith('@'));
      assert.equal(keys.length, 20);
      assert.match(String(body['creationDateTimeUtc']), /^2026-11-20T12:00:00\.\d{7}Z$/);
      assert.equal((await get(`/machineactions/${String(body['id'])}`)).body['scope'], 'Quick');
    });

    it('tells capitals apart', async () => {
      assert.equal((await start(LAPTOP, { comment: 'x', ScanType: 'Quick' })).code, 'MissingRequiredParameter');
      assert.equal((await start(LAPTOP, { Comment: 'x', scanType: 'Quick' })).code, 'MissingRequiredParameter');
      assert.equal((await start(LAPTOP, { Comment: 'x', ScanType: 'quick' })).code, 'InvalidRequestBody');
      assert.equal((await start(LAPTOP, ['x'])).code, 'InvalidRequestBody');
    });

    it('wants JSON that says so', async () => {
      const path = `POST /machines/${LAPTOP}/runAntiVirusScan`;
      const plain = { as: 'alice', body: JSON.stringify(QUICK), contentType: 'text/plain' };
      assert.equal((await ask(here.standIn, path, plain)).status, 400);
    });

    it('knows no scan for Windows 7, and no device by its name', async () => {
      assert.equal((await start(standInId('old-scanner-pc.contoso.com'))).code, 'OsPlatformNotSupported');
      assert.equal((await start('fin-laptop-07.contoso.com')).status, 404);
    });

    it('refuses a second scan, answers with the first, or accepts it', async () => {
      const first = await start();
      assert.equal((await start()).code, 'ActiveRequestAlreadyExists');
      here.standIn.moods.start('busy-existing');
      assert.equal((await start()).body['id'], first.body['id']);
      here.standIn.moods.clear();
      here.standIn.moods.start('busy-accept');
      assert.notEqual((await start()).body['id'], first.body['id']);
    });

    it('takes the next scan once the first has succeeded', async () => {
      await start();
      here.clock.advance(MINUTE);
      assert.equal((await start()).status, 201);
    });

    it('loses its answer, but not the scan; or neither reads nor does it', async () => {
      here.standIn.moods.start('answer-lost');
      assert.equal((await start()).status, 0);
      assert.equal(here.standIn.actions.all.length, 1);
      here.standIn.moods.start('cut');
      assert.equal((await start(DEV)).status, 0);
      assert.equal(here.standIn.actions.all.length, 1);
    });
  });

  describe('with a scan', () => {
    it('goes from Pending by InProgress to Succeeded as time passes, and tells of it', async () => {
      const heard: string[] = [];
      here.standIn.on('action', ({ status }) => heard.push(status));
      const { id } = (await start(LAPTOP, FULL)).body;
      assert.equal(await statusOf(id), 'Pending');
      here.clock.advance(8 * SECOND);
      assert.equal(await statusOf(id), 'InProgress');
      here.clock.advance(22 * SECOND);
      assert.equal(await statusOf(id), 'Succeeded');
      assert.deepEqual(heard, ['Pending', 'InProgress', 'Succeeded']);
    });

    it('calls it succeeded only when it is over, if so asked', async () => {
      here.standIn.moods.start('succeeds-late');
      const [quick, full] = [(await start()).body, (await start(DEV, FULL)).body];
      here.clock.advance(8 * SECOND + 6 * MINUTE);
      assert.deepEqual([await statusOf(quick['id']), await statusOf(full['id'])], ['Succeeded', 'InProgress']);
      here.clock.advance(2 * HOUR);
      assert.equal(await statusOf(full['id']), 'Succeeded');
    });

    it('waits for a device that sleeps, and goes on when it wakes', async () => {
      const { id } = (await start(TABLET)).body;
      here.clock.advance(2 * DAY);
      assert.equal(await statusOf(id), 'Pending');
      here.standIn.moods.stop('asleep', { device: TABLET });
      here.clock.advance(8 * SECOND);
      assert.equal(await statusOf(id), 'InProgress');
    });

    it('gives up after 72 hours and 14 minutes', async () => {
      const { id } = (await start(TABLET)).body;
      here.clock.advance(72 * HOUR + 14 * MINUTE - 1);
      assert.equal(await statusOf(id), 'Pending');
      here.clock.advance(1);
      const { body } = await get(`/machineactions/${String(id)}`);
      assert.deepEqual([body['status'], body['errorHResult']], ['TimeOut', -2145844840]);
    });

    it('lets it fail, or be in a state that nobody has heard of', async () => {
      here.standIn.moods.start('scan-fails');
      const { id } = (await start()).body;
      here.clock.advance(MINUTE);
      assert.equal(await statusOf(id), 'Failed');
      here.standIn.moods.start('unknown-status');
      assert.equal(await statusOf(id), 'Queued');
    });

    it('hides it for its first seconds, if so asked', async () => {
      here.standIn.moods.start('hides-new', { seconds: 5 });
      const { id } = (await start()).body;
      assert.equal((await get(`/machineactions/${String(id)}`)).status, 404);
      assert.equal((await get('/machineactions')).rows.length, 0);
      here.clock.advance(5 * SECOND);
      assert.equal((await get('/machineactions')).rows.length, 1);
    });

    it('cancels it until it is over', async () => {
      const { id } = (await start()).body;
      assert.equal((await post(`/machineactions/${String(id)}/cancel`, {})).code, 'MissingRequiredParameter');
      const { status, body } = await post(`/machineactions/${String(id)}/cancel`, { Comment: 'Wrong one' });
      assert.equal(status, 200);
      assert.deepEqual(
        [body['status'], body['errorHResult'], body['cancellationComment']],
        ['Cancelled', -2147467260, 'Wrong one'],
      );
      assert.equal((await post(`/machineactions/${String(id)}/cancel`, { Comment: 'Again' })).status, 400);
      assert.equal((await post('/machineactions/none/cancel', { Comment: 'x' })).status, 404);
    });

    it('runs faster in time-lapse', async () => {
      await here.standIn.close();
      here = await contoso({ devices: defaultDevices(NOON), timeLapse: 60 });
      const { id } = (await start(TABLET)).body;
      here.clock.advance((72 * HOUR + 14 * MINUTE) / 60);
      assert.equal(await statusOf(id), 'TimeOut');
    });
  });

  describe('asked for a list', () => {
    const query = (text: string): Promise<Told> => get(`/machines?${text}`);
    const names = async (filter: string): Promise<readonly unknown[]> =>
      (await query(`$filter=${encodeURIComponent(filter)}`)).rows.map(
        (row) => String(row['computerDnsName']).split('.')[0],
      );

    it('filters as the documentation shows', async () => {
      assert.deepEqual(await names("computerDnsName eq 'kiosk-lobby'"), ['kiosk-lobby']);
      assert.deepEqual(await names("startswith(computerDnsName,'fin-')"), ['fin-laptop-07', 'fin-laptop-11']);
      assert.deepEqual(await names("osPlatform in ('Ubuntu','macOS') and healthStatus ne 'Inactive'"), [
        'srv-web-03',
        'Design-Mac-05',
      ]);
      assert.deepEqual(await names("(riskScore eq 'High' or riskScore eq 'Medium') and osPlatform eq 'Windows10'"), [
        'plant-hmi-01',
      ]);
      assert.deepEqual(await names("riskScore eq 'High' or riskScore eq 'Medium' and osPlatform eq 'Windows10'"), [
        'plant-hmi-01',
      ]);
      assert.deepEqual(await names('lastSeen ge 2026-11-20T11:30:00Z'), ['fin-laptop-07']);
      assert.deepEqual(await names('rbacGroupId gt 141'), ['plant-hmi-01']);
    });

    it('refuses what it does not understand', async () => {
      const bad = [
        "nonsense eq 'x'",
        'computerDnsName eq',
        "lastSeen ge '2026-11-20T11:30:00Z'",
        "(id eq 'x'",
        "id is 'x'",
        "id eq 'x",
      ];
      for (const filter of bad) {
        assert.equal((await query(`$filter=${encodeURIComponent(filter)}`)).code, 'ODataError', filter);
      }
      assert.equal((await query('$top=10001')).code, 'ODataError');
      assert.equal((await query('$stop=2')).code, 'ODataError');
    });

    it('sorts, skips and counts', async () => {
      const { rows, body } = await query('$orderby=computerDnsName%20desc&$skip=1&$top=2&$count=true');
      assert.deepEqual(
        rows.map((row) => row['computerDnsName']),
        ['srv-files-01.contoso.com', 'sales-tablet-04.contoso.com'],
      );
      assert.equal(body['@odata.count'], 14);
    });

    it('links to the next page, but not where $top was asked', async () => {
      await here.standIn.close();
      here = await contoso({ devices: defaultDevices(NOON), pageSize: 10 });
      const first = await query('');
      assert.equal(first.rows.length, 10);
      assert.match(String(first.body['@odata.nextLink']), /skip=10$/);
      assert.equal((await query('$top=3')).body['@odata.nextLink'], undefined);
    });
  });

  describe('after a scan', () => {
    beforeEach(async () => {
      await start(DEV, FULL);
    });

    it('shows its ending in the health report, when the device is through', async () => {
      const report = (): Promise<Told> => get(`/deviceavinfo?$filter=machineId%20eq%20'${DEV}'`);
      here.clock.advance(HOUR);
      assert.equal((await report()).rows[0]?.['fullScanResult'], '');
      here.clock.advance(2 * HOUR);
      assert.deepEqual(
        [(await report()).rows[0]?.['fullScanResult'], (await report()).rows[0]?.['quickScanTime']],
        ['Completed', null],
      );
    });

    it('shows its ending to a hunting query', async () => {
      const Query = `DeviceEvents
        | where Timestamp > datetime(2026-11-20T12:00:00Z) and DeviceId == '${DEV}'
        | where ActionType in ('AntivirusScanCompleted','AntivirusScanCancelled','AntivirusScanFailed')
        | extend A = parse_json(AdditionalFields)
        | project Timestamp, ActionType, ScanType = tostring(A.ScanTypeIndex)`;
      const hunt = (): Promise<Told> => post('/advancedqueries/run', { Query }, 'alice+AdvancedQuery.Read');
      assert.deepEqual((await hunt()).body['Results'], []);
      here.clock.advance(3 * HOUR);
      const [row] = (await hunt()).body['Results'] as readonly Record<string, unknown>[];
      assert.deepEqual([row?.['ActionType'], row?.['ScanType']], ['AntivirusScanCompleted', 'Full']);
      assert.equal((await post('/advancedqueries/run', { Query })).code, 'Forbidden');
      assert.equal((await post('/advancedqueries/run', { Query: 'Other' }, 'alice+AdvancedQuery.Read')).status, 400);
    });

    it('raises an alert for what was found', async () => {
      const alerts = (): Promise<Told> => get(`/machines/${DEV}/alerts`, 'alice+Alert.Read');
      assert.deepEqual((await alerts()).rows, []);
      here.clock.advance(3 * HOUR);
      const [alert] = (await alerts()).rows;
      assert.equal(alert?.['detectionSource'], 'WindowsDefenderAv');
      assert.match(String(alert['id']), /^da\d{18}_\d+$/);
      assert.deepEqual((await get(`/alerts/${String(alert['id'])}`, 'alice+Alert.Read')).body['title'], alert['title']);
      assert.equal((await get('/alerts/3212', 'alice+Alert.Read')).status, 404);
      assert.equal((await get(`/machines/${DEV}/alerts`)).code, 'Forbidden');
    });
  });

  it('keeps a log of the wire, without tokens', async () => {
    const heard: string[] = [];
    const stop = here.standIn.on('wire', ({ method, path }) => heard.push(`${method} ${path}`));
    await start();
    stop();
    await get('/machines');
    assert.deepEqual(heard, [`POST /api/machines/${LAPTOP}/runAntiVirusScan`]);
    const [entry] = here.standIn.wire.entries;
    assert.deepEqual(
      [entry?.status, entry?.caller, entry?.requestBody],
      [201, 'alice@contoso.com', JSON.stringify(QUICK)],
    );
    assert(!JSON.stringify(here.standIn.wire.entries).includes('Bearer'));
  });

  it('describes each mood in one sentence', () => {
    for (const name of Object.keys(MOODS) as MoodName[])
      assert.match(MOODS[name].description, /^[A-Z][^.]*( \(\d+\))?[^.]*\.$/);
  });

  it('limits a mood to a call, a device and a number of times', async () => {
    here.standIn.moods.start('fails', { times: 1, on: 'start-scan', device: DEV });
    assert.equal((await get('/machines')).status, 200);
    assert.equal((await start(LAPTOP)).status, 201);
    assert.equal((await start(DEV)).status, 500);
    assert.equal((await start(DEV)).status, 201);
    assert.deepEqual(
      here.standIn.moods.active.map(({ name }) => name),
      ['asleep'],
    );
  });

  it('has one device asleep since Tuesday', () => {
    const [tablet] = here.standIn.devices.filter(({ asleep }) => asleep);
    assert.equal(new Date(tablet?.lastSeen ?? 0).toUTCString().slice(0, 16), 'Tue, 17 Nov 2026');
    assert.equal(new Set(here.standIn.devices.map(({ id }) => id)).size, here.standIn.devices.length);
  });
});
