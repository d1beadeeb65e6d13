import type { SandboxPerson } from '../../src/sandbox/person.ts';

export const TENANT = '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b';
export const APP_ID = '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8';

const everyone = { locale: 'en-GB', timeZone: 'Europe/Stockholm', tenantId: TENANT } as const;

/** Who appears in the journeys. */
export const people: readonly SandboxPerson[] = [
  {
    ...everyone,
    handle: 'alice',
    oid: '11111111-aaaa-4aaa-8aaa-111111111111',
    name: 'Alice Andersson',
    upn: 'alice@contoso.com',
    teamsId: '29:1alice',
    rights: { read: true, scan: true },
  },
  {
    ...everyone,
    handle: 'bob',
    oid: '22222222-bbbb-4bbb-8bbb-222222222222',
    name: 'Bob <R&D> Berg',
    upn: 'bob@contoso.com',
    teamsId: '29:1bob',
    rights: { read: true, scan: true },
  },
  {
    ...everyone,
    handle: 'mallory',
    oid: '33333333-cccc-4ccc-8ccc-333333333333',
    name: 'Mallory Maas',
    upn: 'mallory@contoso.com',
    teamsId: '29:1mallory',
    rights: { read: false, scan: false },
  },
  {
    ...everyone,
    handle: 'gwen',
    oid: '5e5e5e5e-eeee-4eee-8eee-5e5e5e5e5e5e',
    name: 'Gwen Guest',
    upn: 'gwen@partner.example',
    teamsId: '29:1gwen',
    tenantId: '9b1e7c52-0000-4000-8000-00000000beef',
    rights: { read: true, scan: true },
  },
  {
    ...everyone,
    handle: 'walt',
    oid: '44444444-dddd-4ddd-8ddd-444444444444',
    name: 'Walt Workstations',
    upn: 'walt@contoso.com',
    teamsId: '29:1walt',
    rights: { read: true, scan: true },
    deviceGroups: ['Workstations'],
  },
  {
    ...everyone,
    handle: 'sanna',
    oid: '55555555-eeee-4eee-8eee-555555555555',
    name: 'Sanna Sjöberg',
    upn: 'sanna@contoso.com',
    teamsId: '29:1sanna',
    locale: 'sv-FI',
    rights: { read: true, scan: true },
  },
  {
    ...everyone,
    handle: 'noor',
    oid: '66666666-ffff-4fff-8fff-666666666666',
    name: 'Noor de Vries',
    upn: 'noor@contoso.com',
    teamsId: '29:1noor',
    locale: 'nl-BE',
    rights: { read: true, scan: true },
  },
  {
    ...everyone,
    handle: 'wei',
    oid: '77777777-aaaa-4aaa-8aaa-777777777777',
    name: '王伟',
    upn: 'wei@contoso.com',
    teamsId: '29:1wei',
    locale: 'zh-CN',
    rights: { read: true, scan: true },
  },
];
