import { z } from 'zod';
import { json, type HttpAnswer } from '../http.ts';
import { cardIn, oauthCardIn, type Attachment } from './card.ts';
import { list, record } from './json.ts';
import { mentionsIn } from './mention.ts';

const KILOBYTE = 1024;
const MAX_BYTES = 100 * KILOBYTE;
const BYTES_PER_CHARACTER = 2;

const account = z.looseObject({ id: z.string().optional(), isTargeted: z.boolean().optional() });

/** An activity as a bot sends it. */
export const outboundSchema = z.looseObject({
  type: z.enum(['message', 'typing']),
  text: z.string().nullish(),
  summary: z.string().nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown() })).nullish(),
  entities: z.array(z.unknown()).nullish(),
  recipient: account.nullish(),
});

export type Outbound = z.infer<typeof outboundSchema>;

export function connectorError(status: number, code: string, message: string): HttpAnswer {
  return json(status, { error: { code, message } });
}

/** The whole activity counts, each character as two bytes. */
export function sizeOf(body: string): number {
  return body.length * BYTES_PER_CHARACTER;
}

/** Why Teams would not take this activity; undefined when it would. */
export function objection(activity: Outbound, body: string): HttpAnswer | undefined {
  if (sizeOf(body) > MAX_BYTES) return connectorError(413, 'MessageSizeTooBig', 'Message size too large.');
  if (activity.type === 'typing') return undefined;
  const text = activity.text ?? '';
  const attachments = attachmentsOf(activity);
  if (text === '' && attachments.length === 0)
    return connectorError(400, 'BadSyntax', 'Activity has no text and no attachment.');
  const lost = mentionsIn({ text, entities: activity.entities ?? [], attachments }).find((mention) => !mention.stands);
  if (lost !== undefined)
    return connectorError(400, 'BadArgument', `Mention text ${lost.text ?? ''} is not in the message.`);
  return attachments.map(attachmentFault).find((fault) => fault !== undefined);
}

function attachmentFault(attachment: Attachment): HttpAnswer | undefined {
  const card = cardIn([attachment]);
  const isCard = attachment.contentType === 'application/vnd.microsoft.card.adaptive';
  if (isCard && card?.['type'] !== 'AdaptiveCard')
    return connectorError(400, 'BadArgument', 'The content is no Adaptive Card.');
  if (oauthCardIn([attachment])?.['tokenExchangeResource'] === null) {
    return connectorError(400, 'BadRequest', 'tokenExchangeResource is null.');
  }
  const refreshed = list(record(card?.['refresh'])['userIds']);
  if (refreshed.length > 60) return connectorError(400, 'BadArgument', 'More than 60 user ids to refresh for.');
  return undefined;
}

export function attachmentsOf(activity: Outbound): readonly Attachment[] {
  return activity.attachments ?? [];
}
