import type { Person, Thread } from '../scan/person.ts';
import type { Presence, Roster } from '../scan/ports.ts';
import type { Connector } from './connector.ts';

/** Who is in a conversation, as Teams says at that moment. */
export class ChannelRoster implements Roster {
  readonly #connector: Pick<Connector, 'member'>;

  constructor(connector: Pick<Connector, 'member'>) {
    this.#connector = connector;
  }

  async presenceOf(person: Person, thread: Thread): Promise<Presence> {
    const answer = await this.#connector.member(thread, person.teamsId);
    if (!answer.ok) return answer.why === 'gone' ? 'absent' : 'unknown';
    const { aadObjectId, role } = answer.member;
    return aadObjectId?.toLowerCase() === person.id ? role : 'unknown';
  }
}
