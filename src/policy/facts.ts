import type { Device, ScanType } from '../scan/device.ts';
import type { Time } from '../scan/ids.ts';
import type { Thread } from '../scan/person.ts';
import type { Member } from '../scan/demand.ts';

/** What Defender tells about a device; `undefined` (or an empty text) when that cannot be known. */
export interface DeviceFacts {
  /** Full or short, as Defender spells it. */
  readonly name: string | undefined;
  /** An empty list: known to have none. */
  readonly tags: readonly string[] | undefined;
  readonly group: string | undefined;
  readonly os: string | undefined;
  readonly value: string | undefined;
  readonly risk: string | undefined;
}

export type ChannelFact = { readonly id: string } | 'none' | 'unknown';

/** Everything that a policy may ask about. */
export interface PolicyFacts {
  readonly device: DeviceFacts;
  /** Not chosen yet counts as unknown. */
  readonly type: ScanType | undefined;
  readonly requester: Member;
  readonly channel: ChannelFact;
  readonly now: Time;
}

/** A device without a group has one that is unknown. */
export function deviceFacts(device: Device): DeviceFacts {
  const { name, tags, group, os, value, risk } = device;
  return { name: said(name), tags, group: said(group), os: said(os), value: said(value), risk: said(risk) };
}

export function channelFact(thread: Thread): ChannelFact {
  if (thread.kind !== 'channel') return 'none';
  return thread.channel === undefined ? 'unknown' : { id: thread.channel };
}

/** An empty text says nothing. */
export function said(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
