import type { DeviceId, Time } from '../scan/ids.ts';

const SCANS = "type eq 'RunAntiVirusScan'";

export function nameStartsWith(name: string): string {
  return `startswith(computerDnsName,${quoted(name)})`;
}

export function addressIs(address: string): string {
  return `lastIpAddress eq ${quoted(address)}`;
}

export function scansOf(device: DeviceId): string {
  return `machineId eq ${quoted(device)} and ${SCANS}`;
}

export function oneOf(devices: readonly DeviceId[]): string {
  return devices.map((device) => `id eq ${quoted(device)}`).join(' or ');
}

export function recordsOf(devices: readonly DeviceId[]): string {
  return devices.map((device) => `machineId eq ${quoted(device)}`).join(' or ');
}

export function alertsFrom(since: Time): string {
  return `lastUpdateTime ge ${wholeSeconds(since)}`;
}

export function alertsOfIncident(incident: number): string {
  return `incidentId eq ${incident}`;
}

/** Dates go unquoted and, as in every documented sample, in whole seconds: rounded down, nothing is missed. */
export function scansFrom(since: Time, starters: readonly string[] = []): string {
  const all = `${SCANS} and creationDateTimeUtc ge ${wholeSeconds(since)}`;
  if (starters.length === 0) return all;
  return `${all} and (${starters.map((starter) => `requestor eq ${quoted(starter)}`).join(' or ')})`;
}

function wholeSeconds(at: Time): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The query of one page; an empty filter for everything. Without `$skip` on the first: some gateways know the option, none needs it. */
export function pageQuery(filter: string, top: number, skip: number): string {
  const page = `${filter === '' ? '' : `$filter=${encodeURIComponent(filter)}&`}$top=${top}`;
  return skip === 0 ? page : `${page}&$skip=${skip}`;
}

/** Half a surrogate pair cannot be encoded for a URL. */
function quoted(text: string): string {
  return `'${text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll("'", "''")}'`;
}
