import { z } from 'zod';
import { readJson } from '../../net/read-json.ts';
import type { Claims } from './issuer.ts';
import type { TokenReply } from './refusal-body.ts';

/** What is wrong with Graph today. Everything starts well; `reset` makes it well again. */
export class GraphMoods {
  /** Answers with this status and nothing of use. */
  status: 403 | 429 | 500 | undefined = undefined;
  /** Answers 200 with something that is no list. */
  unreadable = false;
  /** Milliseconds before any answer. */
  slowMs = 0;

  reset(): void {
    Object.assign(this, new GraphMoods());
  }
}

const MOST_GROUPS = 20;
const Wanted = z.object({ groupIds: z.array(z.guid()).min(1).max(MOST_GROUPS) });

/** Microsoft Graph, as far as the bot asks: `POST /v1.0/me/checkMemberGroups`. */
export class GraphStandIn {
  readonly moods = new GraphMoods();
  /** Members by group, both as object ids in lower case. */
  readonly groups = new Map<string, ReadonlySet<string>>();

  /** Answers for whoever the token is for; `undefined` is a token that is not good here. */
  answer(bearer: Claims | undefined, body: string): TokenReply {
    if (bearer === undefined) return failure(401, 'InvalidAuthenticationToken');
    const { status, unreadable } = this.moods;
    if (status !== undefined) return failure(status, 'generalException');
    if (unreadable) return { status: 200, body: { value: 'everything' } };
    if (!String(bearer['scp']).split(' ').includes('User.Read')) return failure(403, 'Authorization_RequestDenied');
    const wanted = Wanted.safeParse(readJson(body)).data;
    if (wanted === undefined) return failure(400, 'Request_BadRequest');
    const value = wanted.groupIds.filter((group) => this.#isIn(group, String(bearer['oid'])));
    return { status: 200, body: { '@odata.context': 'https://graph.example/$metadata#Collection(Edm.String)', value } };
  }

  #isIn(group: string, oid: string): boolean {
    return this.groups.get(group.toLowerCase())?.has(oid.toLowerCase()) ?? false;
  }
}

function failure(status: number, code: string): TokenReply {
  return { status, body: { error: { code, message: 'Graph does not do this.' } } };
}
