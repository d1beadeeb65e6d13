import { isNamed, withoutMerged } from '../../device-names.ts';
import type { Device } from '../../device.ts';
import { isAddress } from '../../finding/address.ts';
import type { DeviceLists } from '../../finding/device-lists.ts';
import { readDeviceId } from '../../ids.ts';
import type { Person } from '../../person.ts';
import type { Defender } from '../../ports.ts';
import type { Answer } from '../../refusal.ts';
import { answered, isInvisible } from '../../refusal.ts';

/** What one person may see: single devices, or all of them once the list was read. */
export interface Sight {
  /** By id, full or short name, or address; rows that Defender merged lead to the one that is left. */
  named(typed: string): Promise<Answer<readonly Device[]>>;
  /** All of them; empty where nobody has read the list. */
  readonly all: readonly Device[];
}

const MOST_HOPS = 3;
/** Each by a call of its own: for a few. */
export function singleSight(person: Person, defender: Defender): Sight {
  const find = async (typed: string): Promise<Answer<readonly Device[]>> => {
    const found = await defender.findDevices(person, typed);
    return !found.ok && isInvisible(found.refusal) ? answered([]) : found;
  };
  return {
    all: [],
    named: async (typed) => {
      let found = await find(typed);
      for (let hops = 0; found.ok && hops < MOST_HOPS; hops += 1) {
        const into = mergedInto(found.value);
        if (into === undefined) return found;
        found = await find(into);
      }
      return found;
    },
  };
}

/** Addresses that the list does not know are asked for one by one. */
const MOST_ADDRESSES = 10;

/** From the list of everything that the person may see: one call for ten thousand devices. */
export async function wholeSight(person: Person, lists: DeviceLists): Promise<Answer<Sight>> {
  const list = await lists.devicesOf(person);
  if (!list.ok && !isInvisible(list.refusal)) return list;
  const all = list.ok ? list.value : [];
  const byId = new Map(all.map((device) => [device.id as string, device]));
  const byName = indexed(all);
  const find = (typed: string): readonly Device[] => {
    const id = readDeviceId(typed);
    if (id !== undefined) return [byId.get(id) ?? []].flat();
    if (isAddress(typed)) return all.filter(({ lastIp }) => lastIp === typed);
    const wanted = typed.trim().toLowerCase();
    return withoutMerged((byName.get(shortOf(wanted)) ?? []).filter((device) => isNamed(device, wanted)));
  };
  let addresses = 0;
  const named = async (typed: string): Promise<Answer<readonly Device[]>> => {
    let found = find(typed);
    for (let hops = 0; hops < MOST_HOPS; hops += 1) found = find1(mergedInto(found), byId) ?? found;
    if (found.length > 0 || !isAddress(typed) || addresses >= MOST_ADDRESSES) return answered(found);
    addresses += 1;
    const there = await lists.devicesAt(person, typed);
    return !there.ok && isInvisible(there.refusal) ? answered([]) : there;
  };
  return answered({ all: all.filter((device) => device.mergedInto === undefined), named });
}

function find1(id: string | undefined, byId: ReadonlyMap<string, Device>): readonly Device[] | undefined {
  const device = id === undefined ? undefined : byId.get(id);
  return device && [device];
}

/** Where the only row there is leads to. */
function mergedInto(found: readonly Device[]): string | undefined {
  return found.length === 1 ? found[0]?.mergedInto : undefined;
}

function indexed(devices: readonly Device[]): ReadonlyMap<string, readonly Device[]> {
  const byName = new Map<string, Device[]>();
  for (const device of devices) {
    const short = shortOf(device.name.toLowerCase());
    byName.set(short, [...(byName.get(short) ?? []), device]);
  }
  return byName;
}

function shortOf(name: string): string {
  return name.split('.')[0] ?? name;
}
