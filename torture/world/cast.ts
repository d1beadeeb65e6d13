import { standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import { TENANT } from '../../test/support/cast.ts';

const NAMES = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'June', 'Kim', 'Leo'];

/** So many people with every right. */
export function peopleNamed(count: number): readonly SandboxPerson[] {
  return NAMES.slice(0, count).map((name, index) => ({
    handle: name.toLowerCase(),
    oid: `${String(index + 10).repeat(4)}-aaaa-4aaa-8aaa-111111111111`,
    name: `${name} Torture`,
    upn: `${name.toLowerCase()}@contoso.com`,
    teamsId: `29:1${name.toLowerCase()}`,
    locale: 'en-GB',
    timeZone: 'Europe/Stockholm',
    tenantId: TENANT,
    rights: { read: true, scan: true },
  }));
}

export function devicesNumbered(count: number, now: number): readonly StandInDevice[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    return standInDevice(
      { name: `pc-${number}.contoso.com`, ip: `10.9.${Math.floor(index / 200)}.${index % 200}` },
      now,
    );
  });
}
