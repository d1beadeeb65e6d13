import { standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import type { StandInAction } from '../../src/sandbox/defender/stand-in-action.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { ActionId, DeviceId, PersonId, RequestId, ThreadId } from '../../src/scan/ids.ts';
import type { Thread } from '../../src/scan/person.ts';
import type { Write } from '../../src/scan/ports.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { readMachine } from '../../src/defender/wire.ts';
import { machineJson } from '../../src/sandbox/defender/stand-in-device.ts';
import { TENANT } from '../../test/support/cast.ts';
import { uuid } from './people.ts';

/** Scans of devices that are switched off: pending for days, each asked for in a thread of its own. */
export interface OpenScan {
  readonly action: StandInAction;
  readonly write: Write;
}

export function openScan(nth: number, person: SandboxPerson, serviceUrl: string): OpenScan {
  const at = Date.now() - 30 * MINUTE + nth;
  const sketch = standInDevice({ name: `pc-${String(nth).padStart(5, '0')}.contoso.com`, ip: '10.9.1.1' }, at);
  const { upn } = person;
  const comment = `Routine check after alert ${nth}`;
  const about = { device: sketch.id, deviceName: sketch.name, requestor: upn, comment, type: 'Full' } as const;
  const times = { createdAt: at, updatedAt: at, takenAt: undefined, cancelled: undefined, errorHResult: 0 };
  const id = uuid(`action ${nth}`);
  const action = { id, kind: 'RunAntiVirusScan', status: 'Pending', source: 'PublicApi', ...about, ...times } as const;
  const device = readMachine(machineJson(sketch));
  if (device === undefined) throw new Error('The device cannot be read.');
  return { action, write: writeOf({ action, person, device, thread: threadOf(nth, serviceUrl) }) };
}

interface Parts {
  readonly action: StandInAction;
  readonly person: SandboxPerson;
  readonly device: NonNullable<ReturnType<typeof readMachine>>;
  readonly thread: Thread;
}

function writeOf({ action, person, device, thread }: Parts): Write {
  const { createdAt: at, comment } = action;
  const { name, teamsId, locale, timeZone } = person;
  const requester = { id: person.oid as PersonId, name, teamsId, locale, timeZone };
  const seen = { device, content: { type: 'Full', comment }, scan: scanOf(action), adopted: false, since: at } as const;
  const request: ScanRequest = {
    id: uuid(`request ${action.id}`) as RequestId,
    rev: 1,
    requester,
    thread: thread.id,
    askedAt: at,
    wanted: { device: device.name, type: 'Full', comment },
    stage: { name: 'following', ...seen, waited: true },
  };
  return {
    person: requester,
    thread,
    move: { before: undefined, after: request },
    events: [{ request: request.id, at, who: 'defender', what: 'accepted', facts: {} }],
    follow: { who: requester.id, at: Date.now() },
  };
}

function scanOf({ id, device, requestor, comment, createdAt, updatedAt }: StandInAction): DefenderScan {
  const ids = { id: id as ActionId, device: device as DeviceId };
  const state = { status: 'Pending', word: 'Pending', type: 'Full', errorCode: '' } as const;
  return { ...ids, ...state, requester: requestor, comment, createdAt, updatedAt };
}

function threadOf(nth: number, serviceUrl: string): Thread {
  const bot = { botId: '28:bot', botName: 'Scan Bot', tenantId: TENANT };
  return {
    id: `19:bench@thread.tacv2;messageid=${nth}` as ThreadId,
    kind: 'channel',
    serviceUrl,
    ...bot,
    team: 't',
    channel: 'c',
  };
}
