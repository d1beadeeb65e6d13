import { DAY, HOUR, MINUTE } from '../../scan/time.ts';
import type { PlaceInfo } from '../page/world.ts';
import type { Room } from '../teams/rooms.ts';
import type { TeamsStandIn } from '../teams/stand-in.ts';
import type { TeamsWorld } from '../teams/teams-world.ts';
import { PEOPLE, SHIFT_LEADS } from './people.ts';
import type { Outside } from './town.ts';

const CHANNELS = ['Incidents', 'General'];
const HANDOVER = { name: 'Shift handover', members: ['alice', 'bob', 'sven'] };

/** Every place on the page, the first one first. The bot is in all of them. */
export function placesOf(world: TeamsWorld): readonly PlaceInfo[] {
  return [
    ...CHANNELS.map((name) => ({ ...placeOf(world.rooms.channel(name)), team: world.rooms.team.name })),
    { ...placeOf(world.rooms.group(HANDOVER.members)), name: HANDOVER.name },
    ...PEOPLE.map(({ handle }) => ({ ...placeOf(world.rooms.personal(handle)), name: world.cast.bot.name })),
  ];
}

function placeOf({ id, kind, name, members }: Room): PlaceInfo {
  return { id, kind, name, members };
}

/** What colleagues have written before one comes in, and what they have scanned. */
export function furnish({ teams: { world }, defender, entra }: Outside): void {
  entra.graph.groups.set(SHIFT_LEADS.id, new Set(SHIFT_LEADS.members.map((handle) => world.cast.person(handle).oid)));
  const incidents = world.rooms.channel('Incidents');
  const alert = 'Morning! Alert 3212 on fin-laptop-07: a spreadsheet tried to start PowerShell. It was blocked.';
  const root = world.post({ kind: 'person', handle: 'bob' }, incidents, { text: alert }).id;
  const plea = 'Thanks. Can somebody run a full scan to be sure? Scan Bot is in this channel.';
  world.post({ kind: 'person', handle: 'sven' }, incidents, { text: plea, root });
  const handover = 'Handover: dev-station-02 had a detection last night, please keep an eye on it.';
  world.post({ kind: 'person', handle: 'sven' }, world.rooms.group(HANDOVER.members), { text: handover });
  for (const [name, type, ago] of PAST_SCANS) {
    const device = defender.devices.find((one) => one.name.startsWith(name));
    const order = { type, comment: 'Weekly check', requestor: 'nina.nord@contoso.com', source: 'Portal' } as const;
    if (device !== undefined) defender.actions.add({ ...order, device, at: Date.now() - ago });
  }
}

const PAST_SCANS = [
  ['dev-station-02', 'Full', 9 * HOUR],
  ['fin-laptop-11', 'Quick', 2 * DAY],
  ['sales-tablet-04', 'Quick', 4 * DAY],
  ['srv-files-01', 'Full', 6 * DAY + 40 * MINUTE],
] as const;

/** The bot comes into the personal chats as Teams brings it: with a notice of the installation. */
export async function installEverywhere({ driver, world }: TeamsStandIn): Promise<void> {
  placesOf(world);
  for (const { handle } of PEOPLE) await driver.installs(driver.personalChat(handle));
}
