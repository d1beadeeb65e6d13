import { z } from 'zod';

const LONGEST_TEXT = 40_000;
const LONGEST_NAME = 256;
const LONGEST_TAG = 64;

/** Text, or undefined for whatever else stands there: one odd field does not make the rest unreadable. */
const word = z.string().optional().catch(undefined);
/** What people choose themselves is cut to what anybody can mean. */
const cut = (most: number): typeof word =>
  z
    .string()
    .overwrite((text) => text.slice(0, most))
    .optional()
    .catch(undefined);
const account = z
  .object({ id: word, name: cut(LONGEST_NAME), aadObjectId: word })
  .optional()
  .catch(undefined);
const withId = z.object({ id: word }).optional().catch(undefined);
const members = z.array(withId).optional().catch(undefined);

/** Everything of an activity that the bot looks at. */
export const Envelope = z.object({
  type: z.string(),
  id: word,
  name: word,
  action: word,
  text: cut(LONGEST_TEXT),
  value: z.unknown().optional(),
  replyToId: word,
  serviceUrl: word,
  locale: cut(LONGEST_TAG),
  localTimezone: cut(LONGEST_TAG),
  timestamp: z.union([z.string(), z.date()]).optional().catch(undefined),
  from: account,
  recipient: account,
  conversation: z.object({ id: word, conversationType: word, tenantId: word }).optional().catch(undefined),
  channelData: z
    .object({ tenant: withId, team: withId, channel: withId, teamsTeamId: word, teamsChannelId: word })
    .optional()
    .catch(undefined),
  entities: z.array(z.unknown()).optional().catch(undefined),
  membersAdded: members,
  membersRemoved: members,
});
export type Envelope = z.infer<typeof Envelope>;

const MentionEntity = z.object({
  type: z.literal('mention'),
  text: word,
  mentioned: z.object({ id: z.string(), name: word }),
});
export type Mention = z.infer<typeof MentionEntity>;

const ClientEntity = z.object({ type: z.literal('clientInfo'), locale: cut(LONGEST_TAG), timezone: cut(LONGEST_TAG) });

export function mentionsIn(envelope: Envelope): readonly Mention[] {
  return (envelope.entities ?? []).flatMap((entity) => MentionEntity.safeParse(entity).data ?? []);
}

export function clientOf(envelope: Envelope): {
  readonly locale?: string | undefined;
  readonly timezone?: string | undefined;
} {
  return (envelope.entities ?? []).map((entity) => ClientEntity.safeParse(entity).data).find((client) => client) ?? {};
}
