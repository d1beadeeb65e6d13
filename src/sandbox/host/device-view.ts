import type { DefenderStandIn } from '../defender/stand-in.ts';
import type { StandInDevice } from '../defender/stand-in-device.ts';
import type { AlertInfo, DeviceInfo } from '../page/world.ts';
import { words } from '../teams/json.ts';

export function deviceViews(defender: DefenderStandIn): readonly DeviceInfo[] {
  return defender.devices.map((device) => {
    const asleep = defender.moods.find('asleep', { device: device.id }) !== undefined;
    const scan = scanOn(defender, device);
    return {
      id: device.id,
      name: device.name,
      os: osName(device.os),
      health: device.health,
      asleep,
      group: device.group?.name ?? '',
      lastSeen: device.lastSeen,
      note: noteOn(device, defender.devices, asleep),
      ...(scan === undefined ? {} : { scan }),
    };
  });
}

export function alertViews(defender: DefenderStandIn): readonly AlertInfo[] {
  return defender.alerts.map((alert) => ({
    id: words(alert['id']) ?? '',
    title: words(alert['title']) ?? '',
    severity: words(alert['severity']) ?? '',
    device: words(alert['computerDnsName']) ?? '',
    at: Date.parse(words(alert['alertCreationTime']) ?? ''),
  }));
}

function scanOn(defender: DefenderStandIn, device: StandInDevice): DeviceInfo['scan'] {
  const running = defender.actions.running(device.id);
  if (running?.status !== 'Pending' && running?.status !== 'InProgress') return undefined;
  return { status: running.status, type: running.type ?? '', by: running.requestor };
}

/** `WindowsServer2019` → `Windows Server 2019`. */
function osName(os: string): string {
  return os === 'macOS' ? os : os.replaceAll(/(?<=[a-z])(?=[A-Z0-9])/g, ' ');
}

function noteOn(device: StandInDevice, all: readonly StandInDevice[], asleep: boolean): string {
  const twin = all.find(({ id, name }) => id !== device.id && name === device.name);
  const isTwin = twin !== undefined && twin.mergedInto === undefined && device.mergedInto === undefined;
  const notes = [
    asleep ? `Asleep; last seen ${dayOf(device.lastSeen)}.` : undefined,
    device.mergedInto === undefined ? undefined : 'Onboarded twice: Defender has merged it into the other one.',
    isTwin ? 'Another device has the same name.' : undefined,
    device.refuses === 'os' ? 'Too old: Defender takes no scan on demand for it.' : undefined,
    device.group?.name === 'Plant' ? 'Belongs to a device group that only Bob may see.' : undefined,
    device.infectedWith === undefined ? undefined : `A scan finds ${device.infectedWith} on it.`,
  ];
  return notes.filter((note) => note !== undefined).join(' ');
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(at);
}
