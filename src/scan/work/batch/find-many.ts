import type { Alert, Alerts } from '../../alert.ts';
import type { Ambiguous } from '../../batch/plan.ts';
import type { DeviceSource } from '../../batch/source.ts';
import type { Device } from '../../device.ts';
import type { Person } from '../../person.ts';
import type { Answer } from '../../refusal.ts';
import { answered, passesByItself, signInMends } from '../../refusal.ts';
import type { BatchParts } from './batch-parts.ts';
import type { Sight } from './sight.ts';
import { singleSight, wholeSight } from './sight.ts';

/** What the list leads to, as far as this person may see it. */
export interface FoundMany {
  readonly devices: readonly Device[];
  readonly ambiguous: readonly Ambiguous[];
  readonly unknown: readonly string[];
  readonly empty: readonly DeviceSource[];
  readonly unreadable: readonly DeviceSource[];
  readonly twice: number;
}

/** So many devices are looked up one by one; for more, the whole list is read in a call or two. */
const FEW = 10;

/** Everything in the asker's own name; a refusal is one that time or a sign-in can mend, or that ends it all. */
export async function findMany(
  person: Person,
  sources: readonly DeviceSource[],
  parts: BatchParts,
): Promise<Answer<FoundMany>> {
  const expanded: Expanded[] = [];
  for (const source of sources) {
    const one = await expand(person, source, parts.alerts);
    if (!one.ok) return one;
    expanded.push(one.value);
  }
  const sight = needsList(expanded)
    ? await wholeSight(person, parts.lists)
    : answered(singleSight(person, parts.defender));
  return sight.ok ? gather(expanded, sight.value) : sight;
}

/** Names to be looked up, or `undefined` where nobody may read what they stand for. */
interface Expanded {
  readonly source: DeviceSource;
  readonly names: readonly string[] | undefined;
}

async function expand(person: Person, source: DeviceSource, alerts: Alerts): Promise<Answer<Expanded>> {
  switch (source.is) {
    case 'device':
      return answered({ source, names: [source.typed] });
    case 'tag':
    case 'group':
      return answered({ source, names: [] });
    case 'alert': {
      const alert = await alerts.byId(person, source.id);
      return fromAlerts(source, alert.ok ? answered([alert.value]) : alert);
    }
    case 'incident':
      return fromAlerts(source, await alerts.ofIncident(person, source.number));
  }
}

/** A right that is missing concerns this entry only; what passes by itself is waited for. */
function fromAlerts(source: DeviceSource, alerts: Answer<readonly Alert[]>): Answer<Expanded> {
  if (alerts.ok) {
    const names = new Set(alerts.value.flatMap(({ device }) => device ?? []));
    return answered({ source, names: [...names] });
  }
  const { refusal } = alerts;
  if (refusal.kind === 'not-found') return answered({ source, names: [] });
  if (signInMends(refusal) || passesByItself(refusal)) return alerts;
  return answered({ source, names: undefined });
}

function needsList(expanded: readonly Expanded[]): boolean {
  const names = expanded.flatMap((one) => one.names ?? []);
  const selects = expanded.some(({ source }) => source.is === 'tag' || source.is === 'group');
  return selects || names.length > FEW;
}

async function gather(expanded: readonly Expanded[], sight: Sight): Promise<Answer<FoundMany>> {
  const devices = new Map<string, Device>();
  const ambiguous = new Map<string, Ambiguous>();
  const unknown = new Set<string>();
  const empty: DeviceSource[] = [];
  const unreadable: DeviceSource[] = [];
  let named = 0;
  for (const { source, names } of expanded) {
    const found = names === undefined ? undefined : await devicesOf(source, names, sight);
    if (found?.ok === false) return found;
    if (found === undefined) unreadable.push(source);
    else if (source.is !== 'device' && found.value.length === 0) empty.push(source);
    for (const { typed, among } of found?.value ?? []) {
      const [first, ...others] = among;
      if (first === undefined && source.is === 'device') unknown.add(typed);
      else if (others.length > 0) ambiguous.set(typed.toLowerCase(), { typed, among });
      else if (first !== undefined) {
        named += 1;
        devices.set(first.id, first);
      }
    }
  }
  const some = { devices: [...devices.values()], ambiguous: [...ambiguous.values()], unknown: [...unknown] };
  return answered({ ...some, empty, unreadable, twice: named - devices.size });
}

interface Meant {
  readonly typed: string;
  readonly among: readonly Device[];
}

/** Of what a word stands for, whatever this person may not see is left out without a word. */
async function devicesOf(
  source: DeviceSource,
  names: readonly string[],
  sight: Sight,
): Promise<Answer<readonly Meant[]>> {
  if (source.is === 'tag' || source.is === 'group') {
    return answered(
      sight.all.filter((device) => isIn(device, source)).map((one) => ({ typed: one.name, among: [one] })),
    );
  }
  const meant: Meant[] = [];
  for (const typed of names) {
    const found = await sight.named(typed);
    if (!found.ok) return found;
    if (source.is === 'device' || found.value.length > 0) meant.push({ typed, among: found.value });
  }
  return answered(meant);
}

function isIn({ tags = [], group }: Device, source: Extract<DeviceSource, { is: 'tag' | 'group' }>): boolean {
  if (source.is === 'group') return group.toLowerCase() === source.group.toLowerCase();
  return tags.some((tag) => tag.toLowerCase() === source.tag.toLowerCase());
}
