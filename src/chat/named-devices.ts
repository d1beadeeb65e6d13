import { decode } from 'html-entities';
import type { Device } from '../scan/device.ts';
import { isAddress } from '../scan/finding/address.ts';
import { readDeviceId } from '../scan/ids.ts';

const TAG = /<[^<>]*>/g;
/** What a name, an id or an address consists of; the rest separates them. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}._:-]*/gu;
const TRAILING = /[._:-]+$/u;
/** A message of Teams has no more. */
const LONGEST = 100_000;
const MOST = 15;

/** What stands in a message, without what makes it look nice. */
export function plainMessage(html: string): string {
  return decode(html.slice(0, LONGEST).replace(TAG, ' '));
}

/** Which of these devices a text names: by full or short name, id or address; in the order of the text. */
export function devicesNamedIn(text: string, devices: readonly Device[]): readonly Device[] {
  const byName = new Map<string, Device[]>();
  for (const device of devices.filter(({ mergedInto }) => mergedInto === undefined)) {
    for (const name of namesOf(device)) byName.set(name, [...(byName.get(name) ?? []), device]);
  }
  const named = wordsIn(text).flatMap((word) => byName.get(word) ?? []);
  return [...new Set(named)].slice(0, MOST);
}

/** What might be one, when nobody can say which devices there are: an id, an address, or a word like `FIN-07`. */
export function likelyDevice(text: string): string {
  const words = wordsIn(text);
  const sure = words.find((word) => readDeviceId(word) !== undefined || isAddress(word));
  return sure ?? words.find((word) => /\p{L}/u.test(word) && /\d/.test(word) && word.includes('-')) ?? '';
}

function namesOf({ id, name, lastIp }: Device): readonly string[] {
  const full = name.toLowerCase();
  return [...new Set([id, full, full.split('.')[0] ?? '', lastIp])].filter((one) => one !== '');
}

function wordsIn(text: string): readonly string[] {
  return [...text.slice(0, LONGEST).matchAll(WORD)].map(([word]) => word.toLowerCase().replace(TRAILING, ''));
}
