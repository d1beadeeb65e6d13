import { parseArgs } from 'node:util';
import { readScanType } from '../../scan/device.ts';
import { readPersonId } from '../../scan/ids.ts';
import type { Time } from '../../scan/ids.ts';
import type { ChannelFact, DeviceFacts, PolicyFacts } from '../facts.ts';
import { said } from '../facts.ts';
import type { Member } from '../../scan/demand.ts';

/** The call is wrong: said to whoever typed it, with the usage below. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

const OPTIONS = {
  device: { type: 'string', multiple: true },
  type: { type: 'string' },
  person: { type: 'string' },
  groups: { type: 'string' },
  channel: { type: 'string' },
  at: { type: 'string' },
} as const;

const DEVICE_KEYS = ['name', 'group', 'os', 'value', 'risk'] as const;

export interface Arguments {
  readonly words: readonly string[];
  /** What is not given is unknown. */
  readonly facts: PolicyFacts;
}

export function readArguments(args: readonly string[], now: Time): Arguments {
  const { values, positionals } = parsed(args);
  const facts = {
    device: readDevice(values.device ?? []),
    type: readType(values.type),
    requester: readRequester(values.person, values.groups),
    channel: readChannel(values.channel),
    now: values.at === undefined ? now : readTime(values.at),
  };
  return { words: positionals, facts };
}

function parsed(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageFault(error instanceof Error ? error.message : 'The options cannot be read.', { cause: error });
  }
}

/** `name=…,tag=…,tag=…`: tags may be repeated, and an empty one says that there are none. */
function readDevice(texts: readonly string[]): DeviceFacts {
  const pairs = texts.flatMap((text) => text.split(',')).map(readPair);
  const tags = pairs.filter(([key]) => key === 'tag').map(([, value]) => value);
  const valueOf = (key: (typeof DEVICE_KEYS)[number]): string | undefined =>
    said(pairs.find(([known]) => known === key)?.[1]);
  return {
    name: valueOf('name'),
    tags: tags.length === 0 ? undefined : tags.filter((tag) => tag !== ''),
    group: valueOf('group'),
    os: valueOf('os'),
    value: valueOf('value'),
    risk: valueOf('risk'),
  };
}

function readPair(text: string): readonly [string, string] {
  const [key = '', ...rest] = text.split('=');
  const name = key.trim();
  if (rest.length > 0 && (name === 'tag' || DEVICE_KEYS.some((known) => known === name))) {
    return [name, rest.join('=').trim()];
  }
  throw new UsageFault(`--device takes ${DEVICE_KEYS.join('=…, ')}=… and tag=…, separated by commas.`);
}

function readType(text: string | undefined): PolicyFacts['type'] {
  const type = readScanType(text);
  if (text !== undefined && type === undefined) throw new UsageFault('--type is Quick or Full.');
  return type;
}

function readRequester(person: string | undefined, groups: string | undefined): Member {
  const id = readPersonId(person);
  if (person !== undefined && id === undefined) throw new UsageFault('--person is an Entra object id.');
  return { id, groups: groups === undefined ? 'unknown' : readGroups(groups) };
}

function readGroups(text: string): ReadonlySet<string> {
  if (text === 'none') return new Set();
  const ids = text.split(',').map((id) => readPersonId(id.trim().replace(/^group:/, '')));
  if (ids.includes(undefined)) throw new UsageFault('--groups is a list of Entra object ids, or none.');
  return new Set(ids.filter((id) => id !== undefined));
}

function readChannel(text: string | undefined): ChannelFact {
  if (text === undefined) return 'unknown';
  return text === 'none' ? 'none' : { id: text };
}

function readTime(text: string): Time {
  const time = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new UsageFault('--at is a time with its offset, such as 2026-11-21T22:00+01:00.');
  return time;
}
