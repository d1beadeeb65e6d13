import type { Time } from '../../scan/ids.ts';
import { DAY, HOUR, MINUTE } from '../../scan/time.ts';
import { standInId } from './stand-in-device.ts';
import type { StandInDevice } from './stand-in-device.ts';

const WORKSTATIONS = { id: 140, name: 'Workstations' };
const SERVERS = { id: 141, name: 'Servers' };
const PLANT = { id: 142, name: 'Plant' };

const WINDOWS_10 = { os: 'Windows10', version: '22H2', build: 19045 };
const WINDOWS_11 = { os: 'Windows11', version: '24H2', build: 26100 };

const SERVER_2019 = { os: 'WindowsServer2019', version: '1809', build: 17763 };

const TUESDAY = 2;

type Sketch = Partial<StandInDevice> & Pick<StandInDevice, 'name' | 'ip'> & { readonly seenAgo?: number };

/** The devices of Contoso, as they are at this moment. */
export function defaultDevices(now: Time): readonly StandInDevice[] {
  const sketches = [...workstations(now), ...others(), ...formerRows()];
  return sketches.map((sketch) => standInDevice(sketch, now));
}

function workstations(now: Time): readonly Sketch[] {
  return [
    { name: 'fin-laptop-07.contoso.com', ip: '10.20.4.17', ...WINDOWS_11, tags: ['Finance'], seenAgo: 25 * MINUTE },
    { name: 'fin-laptop-11.contoso.com', ip: '10.20.4.31', ...WINDOWS_10, tags: ['Finance'], risk: 'Low' },
    { name: 'dev-station-02.contoso.com', ip: '10.20.7.8', ...WINDOWS_11, risk: 'Medium', infectedWith: 'EICAR_Test' },
    { name: 'kiosk-lobby', ip: '10.20.9.2', ...WINDOWS_10, tags: ['Kiosk'], signaturesAged: 12 * DAY },
    { name: 'sales-tablet-04.contoso.com', ip: '10.20.5.66', ...WINDOWS_11, asleep: true, lastSeen: tuesday(now) },
    { name: 'hr-laptop-12.contoso.com', ip: '10.20.6.12', formerIp: '10.20.6.77', ...WINDOWS_11, seenAgo: 2 * HOUR },
    { name: 'lab-pc-03.contoso.com', ip: '10.20.11.3', ...WINDOWS_11, risk: 'Informational', avMode: '1' },
  ];
}

function others(): readonly Sketch[] {
  const windows7 = { os: 'Windows7', version: '1507', build: 7601, refuses: 'os' } as const;
  return [
    { name: 'srv-files-01.contoso.com', ip: '10.30.1.10', ...SERVER_2019, group: SERVERS, value: 'High' },
    { name: 'srv-web-03.contoso.com', ip: '10.30.1.23', os: 'Ubuntu', version: '22.4', build: 6, group: SERVERS },
    { name: 'Design-Mac-05.contoso.com', ip: '10.20.8.5', os: 'macOS', version: '15.6', build: undefined },
    { name: 'plant-hmi-01.contoso.com', ip: '10.60.2.4', ...WINDOWS_10, group: PLANT, risk: 'High' },
    { name: 'old-scanner-pc.contoso.com', ip: '10.20.12.9', ...windows7, seenAgo: 3 * DAY },
  ];
}

/** What stays behind when a device is set up anew or onboarded twice. */
function formerRows(): readonly Sketch[] {
  const laptop = { id: standInId('hr-laptop-12, as it was before'), name: 'hr-laptop-12.contoso.com' };
  const lab = { id: standInId('lab-pc-03, onboarded twice'), name: 'lab-pc-03.contoso.com' };
  const mergedInto = standInId(lab.name);
  return [
    { ...laptop, ip: '10.20.6.40', ...WINDOWS_10, health: 'Inactive', seenAgo: 41 * DAY },
    { ...lab, ip: '10.20.11.3', ...WINDOWS_11, health: 'Inactive', seenAgo: 9 * DAY, mergedInto },
  ];
}

const USUAL = {
  ...WINDOWS_11,
  health: 'Active',
  onboarding: 'Onboarded',
  risk: 'None',
  value: 'Normal',
  group: WORKSTATIONS,
  tags: [],
  mergedInto: undefined,
  asleep: false,
  refuses: undefined,
  infectedWith: undefined,
} as const;

/** A device of which only what matters needs to be said. */
export function standInDevice({ seenAgo = 5 * HOUR, ...sketch }: Sketch, now: Time): StandInDevice {
  return { ...USUAL, id: standInId(sketch.name), firstSeen: now - 300 * DAY, lastSeen: now - seenAgo, ...sketch };
}

/** The evening of the last Tuesday that is over. */
function tuesday(now: Time): Time {
  const midnight = now - (now % DAY);
  const daysAgo = (new Date(now).getUTCDay() - TUESDAY + 7) % 7 || 7;
  return midnight - daysAgo * DAY + 17 * HOUR + 42 * MINUTE;
}
