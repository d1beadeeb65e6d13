import { z } from 'zod';
import type { Envelope } from './envelope.ts';
import type { IncomingExtension } from './incoming.ts';
import { nearOf, personOf, threadOf } from './who-and-where.ts';

const DOES: ReadonlyMap<string | undefined, IncomingExtension['does']> = new Map([
  ['composeExtension/fetchTask', 'open'],
  ['composeExtension/submitAction', 'submit'],
]);

const record = z.record(z.string(), z.unknown());
const text = z.string().catch('');
const Action = z.object({
  commandId: z.string(),
  messagePayload: z
    .object({
      id: text,
      replyToId: text,
      body: z.object({ content: text }).catch({ content: '' }),
      attachments: z.array(z.unknown()).catch([]),
    })
    .optional()
    .catch(undefined),
  data: record.catch({}),
  state: z.string().min(1).optional().catch(undefined),
});
type Payload = z.infer<typeof Action>['messagePayload'];

/** An action on a message; `undefined` for every other invoke. */
export function readExtension(envelope: Envelope): IncomingExtension | undefined {
  const does = DOES.get(envelope.name);
  const action = Action.safeParse(envelope.value).data;
  const [person, near] = [personOf(envelope), nearOf(envelope)];
  if (does === undefined || action === undefined || person === undefined) return undefined;
  if (near === undefined || envelope.id === undefined) return undefined;
  return {
    kind: 'extension',
    does,
    command: action.commandId,
    person,
    near,
    place: placeOf(envelope, action.messagePayload),
    activityId: envelope.id,
    message: messageIn(action.messagePayload),
    values: action.data,
    code: action.state,
  };
}

/** In a channel the thread of the message, whether the conversation names it or not. */
function placeOf(envelope: Envelope, payload: Payload): IncomingExtension['place'] {
  const thread = threadOf(envelope);
  const root = payload === undefined ? '' : payload.replyToId || payload.id;
  if (thread?.kind !== 'channel' || thread.id.includes(';messageid=') || !/^\d+$/.test(root)) return thread;
  return threadOf({ ...envelope, conversation: { ...envelope.conversation, id: `${thread.id};messageid=${root}` } });
}

/** Other apps post cards, whose words stand in the attachments. */
function messageIn(payload: Payload): string {
  if (payload === undefined) return '';
  const cards = payload.attachments.map((one) => JSON.stringify(one).replaceAll('\\"', ' '));
  return [payload.body.content, ...cards].join(' ');
}
