import type { Net, NetAnswer, NetRequest } from '../net/request.ts';
import type { Answer, Refusal } from '../scan/refusal.ts';

/** The bot's own token for the channel; `fresh` after one was refused. */
export type BotToken = (fresh?: boolean) => Promise<Answer<string>>;

export type BearerAnswer =
  | { readonly called: true; readonly answer: NetAnswer }
  /** There was no token to call with. */
  | { readonly called: false; readonly refusal: Refusal };

/** One call as the bot. A refused token is tried once more with a fresh one: a 401 has done nothing yet. */
export async function callAsBot(net: Net, token: BotToken, call: NetRequest): Promise<BearerAnswer> {
  const first = await callOnce(net, await token(), call);
  if (!first.called || !first.answer.ok || first.answer.status !== 401) return first;
  return callOnce(net, await token(true), call);
}

async function callOnce(net: Net, token: Answer<string>, call: NetRequest): Promise<BearerAnswer> {
  if (!token.ok) return { called: false, refusal: token.refusal };
  const headers = { ...call.headers, authorization: `Bearer ${token.value}`, accept: 'application/json' };
  return { called: true, answer: await net.request({ ...call, headers }) };
}
