import { createHash } from 'node:crypto';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import { TENANT } from '../../test/support/cast.ts';

export function peopleNumbered(count: number): readonly SandboxPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    handle: `person${index}`,
    oid: uuid(`person ${index}`),
    name: `Person ${index}`,
    upn: `person${index}@contoso.com`,
    teamsId: `29:1person${index}`,
    locale: 'en-GB',
    timeZone: 'Europe/Stockholm',
    tenantId: TENANT,
    rights: { read: true, scan: true },
  }));
}

/** The same for the same text. */
export function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
