import { MINUTE } from '../../src/scan/time.ts';
import type { Ask } from '../ledger/ledger.ts';
import { Play } from './play.ts';
import type { PlayParts } from './play.ts';

/** Lets people ask at their rate until the time is over; resolves when each of them is through. */
export async function crowd(parts: PlayParts): Promise<void> {
  const { scenario, random, lapse } = parts;
  const playing: Promise<void>[] = [];
  const end = lapse.now() + scenario.minutes * MINUTE;
  const chance = random.fork('crowd');
  while (lapse.now() < end && playing.length < scenario.mostAsks) {
    const ask = newAsk(playing.length, parts, chance);
    parts.ledger.asks.push(ask);
    playing.push(new Play(ask, { ...parts, random: random.fork(ask.mark) }).run());
    await lapse.sleep(chance.wait(1 / scenario.asksPerMinute) * MINUTE);
  }
  await Promise.all(playing);
}

function newAsk(nth: number, { outside }: PlayParts, chance: PlayParts['random']): Ask {
  const person = outside.people[Math.floor(chance.next() * outside.people.length)];
  const device = outside.defender.devices[Math.floor(chance.next() * outside.defender.devices.length)];
  if (person === undefined || device === undefined) throw new Error('Nobody to ask, or nothing to ask for.');
  const { handle, oid, upn } = person;
  const about = { device: device.id, deviceName: device.name.split('.')[0] ?? device.name };
  const mark = `T-${String(nth + 1).padStart(4, '0')}`;
  return { mark, person: { handle, oid, upn }, ...about, thread: undefined, heard: false };
}
