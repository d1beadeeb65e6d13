import type { Message } from '../../../src/sandbox/page/api.ts';
import type { PlaceInfo, World } from '../../../src/sandbox/page/world.ts';

export const channel: PlaceInfo = {
  id: 'incidents',
  kind: 'channel',
  name: 'Incidents',
  team: 'Security',
  members: ['alice', 'bob'],
};
export const chat: PlaceInfo = { id: 'chat', kind: 'personal', name: 'Scan Bot', members: ['alice'] };

export const world: World = {
  bot: { name: 'Scan Bot', initials: 'SB' },
  people: [],
  places: [channel, chat],
  devices: ['fin-laptop-07.contoso.com', 'fin-laptop-11.contoso.com', 'kiosk-lobby', 'fin-laptop-07.contoso.com'].map(
    (name, index) => ({
      id: String(index),
      name,
      os: 'Windows 11',
      health: 'Active',
      asleep: false,
      group: 'A',
      lastSeen: 0,
      note: '',
    }),
  ),
  alerts: [],
  moods: [],
  timeLapse: 1,
  timeLapses: [],
  drill: [],
  commands: ['scan fin-laptop-07', 'scan full fin-laptop-07 because alert 3212', 'help'],
};

/** A message of Bob in the channel, unless something else is said. */
export function message(id: string, part: Partial<Message> = {}): Message {
  const usual = {
    place: channel.id,
    text: id,
    html: id,
    at: Number(id),
    edited: false,
    mentions: [],
    summary: id,
  } as const;
  return { id, author: { kind: 'person', handle: 'bob' }, ...usual, ...part };
}
