import type { Device } from '../device.ts';

/** How well a device fits what was typed: the lower, the better; `undefined` when it does not. */
type Fit = (device: Device) => number | undefined;

const BY_TAG = /^tag:\s*(.*)$/iu;
const BY_GROUP = /^group:\s*(.*)$/iu;
const SHORTEST_ID = 4;

/** The devices that fit, best first. `tag:` and `group:` look there alone; else name, id, address and tags count. */
export function matchDevices(devices: readonly Device[], typed: string): readonly Device[] {
  const fit = fitOf(typed.trim());
  return devices
    .flatMap((device) => {
      const rank = device.mergedInto === undefined ? fit(device) : undefined;
      return rank === undefined ? [] : [{ device, rank }];
    })
    .sort((one, other) => one.rank - other.rank || byUse(one.device, other.device))
    .map(({ device }) => device);
}

function fitOf(typed: string): Fit {
  const tag = BY_TAG.exec(typed)?.[1];
  if (tag !== undefined) return ({ tags = [] }) => begins(tags, unquoted(tag));
  const group = BY_GROUP.exec(typed)?.[1];
  if (group !== undefined) return (device) => begins([device.group], unquoted(group));
  const words = lower(typed).split(/\s+/u);
  return (device) => worst(words.map((word) => fitOfWord(device, word)));
}

/** What begins like it stands behind what is called exactly so. */
function begins(names: readonly string[], wanted: string): number | undefined {
  const all = names.map(lower).filter((name) => name !== '' && name.startsWith(wanted));
  if (wanted === '' || all.length === 0) return undefined;
  return all.includes(wanted) ? 0 : 1;
}

/** Every word must fit. */
function worst(ranks: readonly (number | undefined)[]): number | undefined {
  return ranks.reduce((most, rank) => (most === undefined || rank === undefined ? undefined : Math.max(most, rank)));
}

function fitOfWord(device: Device, word: string): number | undefined {
  const name = lower(device.name);
  if (device.id === word || name === word || name.split('.')[0] === word || device.lastIp === word) return 0;
  if (name.startsWith(word)) return 1;
  if (name.split(/[-._]/u).some((part) => part.startsWith(word))) return 2;
  if (device.lastIp.startsWith(word) || (device.tags ?? []).some((tag) => lower(tag).startsWith(word))) return 3;
  if (word.length >= SHORTEST_ID && device.id.startsWith(word)) return 4;
  return name.includes(word) ? 5 : undefined;
}

/** Of equals the one seen last comes first. */
function byUse(one: Device, other: Device): number {
  return (other.lastSeen ?? 0) - (one.lastSeen ?? 0) || (lower(one.name) < lower(other.name) ? -1 : 1);
}

function unquoted(text: string): string {
  return lower(text.replace(/^["“”„'](.*?)["“”']?$/u, '$1').trim());
}

function lower(text: string): string {
  return text.toLowerCase();
}
