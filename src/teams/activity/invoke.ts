import { z } from 'zod';
import type { Envelope } from './envelope.ts';
import type { Incoming } from './incoming.ts';
import { readExtension } from './extension.ts';
import { personOf, threadOf } from './who-and-where.ts';

type OfSomebody = Extract<
  Incoming,
  { readonly token: unknown } | { readonly kind: 'verify-state' | 'sign-in-failure' | 'search' }
>;
/** What the invoke's value says; who sent it and where comes on top. */
type Said<Kind extends OfSomebody['kind']> = Omit<Extract<OfSomebody, { kind: Kind }>, 'person' | 'thread'>;
type AnySaid = { [Kind in OfSomebody['kind']]: Said<Kind> }[OfSomebody['kind']];

/** Longer than any name. */
const LONGEST_QUERY = 300;

const record = z.record(z.string(), z.unknown());
const Execute = z.object({
  action: z.object({
    type: z.literal('Action.Execute'),
    verb: z.string().min(1),
    data: record.optional().catch(undefined),
  }),
  trigger: z.unknown().optional(),
  authentication: z
    .object({ token: z.string().min(1) })
    .optional()
    .catch(undefined),
  state: z.string().min(1).optional().catch(undefined),
});
const TokenExchange = z.object({
  id: z.string().regex(/^[ -~]{1,256}$/),
  connectionName: z.string(),
  token: z.string().min(1),
});
const VerifyState = z.object({ state: z.string().min(1) });
/** Whatever else the client says about the query, such as how many rows it wants, changes nothing. */
const Search = z.object({
  dataset: z.string(),
  queryText: z
    .string()
    .overwrite((text) => text.slice(0, LONGEST_QUERY))
    .catch(''),
});
/** Chosen by a client, and part of an id here. */
const Failure = z.object({
  code: z
    .string()
    .regex(/^\w{1,64}$/)
    .catch('other'),
});

/** One that we do not know, or cannot read, still has a name: it wants an answer. */
export function readInvoke(envelope: Envelope): Incoming {
  const extension = readExtension(envelope);
  if (extension !== undefined) return extension;
  const person = personOf(envelope);
  const thread = threadOf(envelope);
  const said = readValue(envelope);
  if (person === undefined || thread === undefined || said === undefined) {
    return { kind: 'unknown-invoke', name: envelope.name ?? '' };
  }
  return { ...said, person, thread };
}

function readValue(envelope: Envelope): AnySaid | undefined {
  switch (envelope.name ?? '') {
    case 'adaptiveCard/action':
      return readExecute(envelope);
    case 'signin/tokenExchange':
      return tagged('token-exchange', TokenExchange.safeParse(envelope.value).data);
    case 'signin/verifyState':
      return tagged('verify-state', VerifyState.safeParse(envelope.value).data);
    case 'signin/failure':
      return tagged('sign-in-failure', Failure.safeParse(envelope.value).data);
    case 'application/search':
      return readSearch(envelope.value);
    default:
      return undefined;
  }
}

function readSearch(value: unknown): Said<'search'> | undefined {
  const search = Search.safeParse(value).data;
  return search && { kind: 'search', dataset: search.dataset, text: search.queryText };
}

function tagged<Kind extends string, Value extends object>(
  kind: Kind,
  value: Value | undefined,
): (Value & { readonly kind: Kind }) | undefined {
  return value && { ...value, kind };
}

function readExecute(envelope: Envelope): Said<'press'> | undefined {
  const value = Execute.safeParse(envelope.value).data;
  if (value === undefined || envelope.id === undefined) return undefined;
  return {
    kind: 'press',
    activityId: envelope.id,
    verb: value.action.verb,
    values: value.action.data ?? {},
    by: 'execute',
    automatic: value.trigger === 'automatic',
    cardId: envelope.replyToId,
    token: value.authentication?.token,
    code: value.state,
  };
}
