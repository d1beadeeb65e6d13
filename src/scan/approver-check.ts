import type { Approver, PeopleDemand } from './demand.ts';
import { groupsIn, mayApprove } from './demand.ts';
import type { Device } from './device.ts';
import type { Time } from './ids.ts';
import type { ApprovalFlaw } from './message.ts';
import type { Person, Thread } from './person.ts';
import type { Clock, Defender, Groups, Presence, Roster } from './ports.ts';
import type { Answer } from './refusal.ts';
import { isInvisible, passesByItself, signInMends } from './refusal.ts';
import { within } from './within.ts';

/** Whether somebody's word counts, at this moment. */
export type Standing =
  /** With the device as Defender shows it to them now. */
  | { readonly is: 'approver'; readonly approver: Approver; readonly device: Device }
  | { readonly is: 'flawed'; readonly flaw: ApprovalFlaw }
  /** Nobody can tell before they have signed in. */
  | { readonly is: 'sign-in' };

export interface ApproverCheckParts {
  readonly roster: Roster;
  readonly groups: Groups;
  readonly defender: Pick<Defender, 'findDevices'>;
  readonly clock: Clock;
}

/** Who wants to approve what. */
export interface Candidate {
  readonly person: Person;
  /** Where the scan was asked for. */
  readonly thread: Thread;
  /** Where they press: perhaps their own chat with the bot. */
  readonly pressedIn: Thread;
  readonly device: Device;
  /** Of which at least one must be met by this person. */
  readonly demands: readonly PeopleDemand[];
  /** What is not known by then is not known. */
  readonly before: Time;
}

/** What Teams says of somebody in the thread of the request, and wherever it knows them from. */
interface Seen {
  readonly there: Presence;
  readonly known: Presence;
}

type InTime = <T>(work: Promise<T>) => Promise<T | 'late'>;

/** Everything that an approver must be, asked anew for every press. What cannot be known in time means no. */
export class ApproverCheck {
  readonly #parts: ApproverCheckParts;

  constructor(parts: ApproverCheckParts) {
    this.#parts = parts;
  }

  async standing(candidate: Candidate): Promise<Standing> {
    const { person, device, demands, before } = candidate;
    const { clock, defender, groups } = this.#parts;
    const left = Math.max(0, before - clock.now());
    const inTime: InTime = (work) => within(clock, left, work);
    if (isSurelyNobody(person, demands)) return flawed('not-approver');
    const named = groupsIn(demands);
    const [presence, seen, among] = await Promise.all([
      this.#presence(candidate, inTime),
      inTime(defender.findDevices(person, device.id)),
      inTime(named.size === 0 ? Promise.resolve(new Set<string>()) : groups.groupsOf(person, named)),
    ]);
    const approver: Approver = { id: person.id, groups: among === 'late' ? 'unknown' : among };
    const absent = presenceFlaw(presence, mustBeHere(approver, demands));
    if (absent !== undefined) return absent;
    const sight = sightOf(seen, device);
    return 'is' in sight ? sight : standingOf(approver, demands, sight);
  }

  /** Teams knows guests, too, whatever their token says about it; who is absent is asked for where they press. */
  async #presence({ person, thread, pressedIn }: Candidate, inTime: InTime): Promise<Seen> {
    const { roster } = this.#parts;
    const look = async (): Promise<Seen> => {
      // In a chat with one person nobody else is: Teams need not be asked.
      const alone = thread.kind === 'personal' && thread.id !== pressedIn.id;
      const there = alone ? 'absent' : await roster.presenceOf(person, thread);
      return { there, known: there === 'absent' ? await roster.presenceOf(person, pressedIn) : there };
    };
    const seen = await inTime(look());
    return seen === 'late' ? { there: 'unknown', known: 'unknown' } : seen;
  }
}

/** Neither named nor perhaps in a group that is: nothing needs to be asked. */
function isSurelyNobody(person: Person, demands: readonly PeopleDemand[]): boolean {
  const known: Approver = { id: person.id, groups: new Set() };
  return groupsIn(demands).size === 0 && !demands.some((demand) => mayApprove(demand, known));
}

/** Where anyone of the conversation may approve, one must be in it, unless one is named. */
function mustBeHere(approver: Approver, demands: readonly PeopleDemand[]): boolean {
  const isNamed = demands.some((demand) => demand.by !== 'anyone' && mayApprove(demand, approver));
  return !isNamed && demands.some(({ by }) => by === 'anyone');
}

/** No guest, as far as Teams tells for sure; and here, where only somebody who is here may approve. */
function presenceFlaw({ there, known }: Seen, here: boolean): Standing | undefined {
  if (here && there === 'absent') return flawed('not-in-thread');
  switch (known) {
    case 'member':
      return undefined;
    case 'guest':
      return flawed('guest');
    case 'absent':
    case 'unknown':
      return flawed('not-checked');
  }
}

/** The person's own token, and what Defender shows them with it. */
function sightOf(seen: Answer<readonly Device[]> | 'late', device: Device): Standing | Device {
  if (seen === 'late') return flawed('not-checked');
  if (seen.ok) return seen.value.find(({ id }) => id === device.id) ?? flawed('device-not-seen');
  const { refusal } = seen;
  if (signInMends(refusal)) return { is: 'sign-in' };
  if (refusal.kind === 'guest') return flawed('guest');
  if (isInvisible(refusal)) return flawed('device-not-seen');
  return flawed(passesByItself(refusal) ? 'not-checked' : 'no-access');
}

function standingOf(approver: Approver, demands: readonly PeopleDemand[], device: Device): Standing {
  if (demands.some((demand) => mayApprove(demand, approver))) return { is: 'approver', approver, device };
  return flawed(approver.groups === 'unknown' ? 'not-checked' : 'not-approver');
}

function flawed(flaw: ApprovalFlaw): Standing {
  return { is: 'flawed', flaw };
}
