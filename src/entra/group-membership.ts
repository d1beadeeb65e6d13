import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { Net } from '../net/request.ts';
import type { Person } from '../scan/person.ts';
import type { Groups } from '../scan/ports.ts';
import type { Answer } from '../scan/refusal.ts';
import { SECOND } from '../scan/time.ts';
import type { OperatorLog } from './operator-log.ts';

export interface GroupMembershipParts {
  readonly net: Net;
  /** Microsoft Graph, without its version. */
  readonly graphUrl: string;
  /** A token of the person's own for Graph. */
  readonly token: (person: Person) => Promise<Answer<string>>;
  readonly log: Pick<OperatorLog, 'warn'>;
  readonly timeoutMs?: number;
}

/** Graph takes no more in one request. */
const AT_ONCE = 20;
const TIMEOUT = 2 * SECOND;

const Members = z.object({ value: z.array(z.string()) });

/** Asks Graph which of some groups a person is in, through other groups too. Whatever is not a clear answer is `unknown`. */
export class GroupMembership implements Groups {
  readonly #parts: GroupMembershipParts;

  constructor(parts: GroupMembershipParts) {
    this.#parts = parts;
  }

  async groupsOf(person: Person, groups: ReadonlySet<string>): Promise<ReadonlySet<string> | 'unknown'> {
    if (groups.size === 0) return new Set();
    const token = await this.#parts.token(person);
    if (!token.ok) return this.#unknown(person, token.refusal.code ?? token.refusal.kind);
    const answers = await Promise.all(portions([...groups]).map((some) => this.#ask(person, token.value, some)));
    const known = answers.filter((answer) => answer !== 'unknown');
    return known.length < answers.length ? 'unknown' : new Set(known.flat());
  }

  async #ask(person: Person, token: string, groups: readonly string[]): Promise<readonly string[] | 'unknown'> {
    const { net, graphUrl, timeoutMs = TIMEOUT } = this.#parts;
    const answer = await net.request({
      url: `${graphUrl.replace(/\/+$/, '')}/v1.0/me/checkMemberGroups`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ groupIds: groups }),
      timeoutMs,
    });
    if (!answer.ok) return this.#unknown(person, answer.why);
    if (answer.status !== 200) return this.#unknown(person, String(answer.status));
    const found = readMembers(answer.text);
    if (found === undefined) return this.#unknown(person, 'unreadable');
    return groups.filter((group) => found.includes(group.toLowerCase()));
  }

  #unknown(person: Person, code: string): 'unknown' {
    this.#parts.log.warn({ person: person.id, code }, "Graph does not tell a person's groups: they count as in none");
    return 'unknown';
  }
}

function readMembers(text: string): readonly string[] | undefined {
  return Members.safeParse(readJson(text)).data?.value.map((id) => id.toLowerCase());
}

function portions(groups: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(groups.length / AT_ONCE);
  return Array.from({ length: count }, (_, place) => groups.slice(place * AT_ONCE, (place + 1) * AT_ONCE));
}
