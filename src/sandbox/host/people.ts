import type { SandboxPerson } from '../person.ts';

export const TENANT = '6f0d3d1c-8a4b-4e57-9c2e-1f5b7a90c3d4';
export const APP_ID = 'c1b7a2f4-03d5-4c6e-8f19-5a7e2b9d4c60';

/** Somebody whom one can be on the page. */
export interface Resident extends SandboxPerson {
  /** One sentence. */
  readonly role: string;
}

const OFFICE = ['Workstations', 'Servers'];
const analyst = { tenantId: TENANT, rights: { read: true, scan: true } } as const;

/** A group of Entra: the second analyst alone is in it. For APPROVERS. */
export const SHIFT_LEADS = { id: '7c1f0a52-93d8-4e6b-a4f1-5b0d2c7e8a19', members: ['bob'] };

/** Who lives in the sandbox. A feature that needs somebody else adds them here. */
export const PEOPLE: readonly Resident[] = [
  {
    ...analyst,
    handle: 'alice',
    oid: '3d6a1f0e-52c7-4b8e-a1d9-70c2e4f6b813',
    name: 'Alice Andersson',
    role: 'Security analyst: asks for scans of workstations and servers.',
    upn: 'alice.andersson@contoso.com',
    teamsId: '29:1aK3uXh0qTz7RfYc5Ww2Nn8Pd4Lm6',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    deviceGroups: OFFICE,
  },
  {
    ...analyst,
    handle: 'bob',
    oid: '8b2e9c47-1a5d-4f03-b6e8-c9d0417f2a35',
    name: 'Bob Berg',
    role: 'Second analyst on the shift: sees every device and can approve what others ask for.',
    upn: 'bob.berg@contoso.com',
    teamsId: '29:1bV9sJd3eGm5QxTk1Zr7Hp4Cy8Fw2',
    locale: 'en-US',
    timeZone: 'America/New_York',
  },
  {
    tenantId: TENANT,
    rights: { read: false, scan: false },
    handle: 'mallory',
    oid: 'e57c0b92-6d34-4a18-9f71-28b3a6c5d4f0',
    name: 'Mallory Maas',
    role: 'From another department: is in the team, but Defender permits her nothing.',
    upn: 'mallory.maas@contoso.com',
    teamsId: '29:1mQ6wBf2yKs8NvLz4Jt0Xc9Ra3Gh5',
    locale: 'en-GB',
    timeZone: 'Europe/Amsterdam',
  },
  {
    ...analyst,
    handle: 'sven',
    oid: '12f4d8a6-9b70-4c2d-8e35-d6a1b0c9f742',
    name: 'Sven Sjöberg',
    role: 'Analyst in Stockholm: has Teams in Swedish, with Swedish dates.',
    upn: 'sven.sjoberg@contoso.com',
    teamsId: '29:1sD5nMx8cPv2TbEq6Ug1Ko7Iy0Wl3',
    locale: 'sv-SE',
    timeZone: 'Europe/Stockholm',
    deviceGroups: OFFICE,
  },
];

export function initialsOf(name: string): string {
  const words = name.split(' ');
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? '').join('');
}
