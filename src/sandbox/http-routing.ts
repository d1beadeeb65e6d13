import type { IncomingMessage } from 'node:http';
import type { HttpAnswer, HttpCall, HttpOptions } from './http.ts';

interface Answered {
  readonly call: HttpCall;
  readonly answer: HttpAnswer;
}

/** Finds the route of a call, and has it answer. `text` undefined: the body was too large to be kept. */
export async function answerTo(
  { routes, guard }: HttpOptions,
  request: IncomingMessage,
  text: string | undefined,
): Promise<Answered> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const method = request.method ?? 'GET';
  const bare = { method, path: url.pathname, query: url.searchParams, headers: request.headers, params: {} };
  if (text === undefined) return refuse({ ...bare, text: '', body: undefined }, 413, 'TooLarge');
  const objection = guard?.({ ...bare, text, body: undefined });
  if (objection !== undefined) return { call: { ...bare, text, body: undefined }, answer: objection };
  const body = readBody(text, request.headers['content-type'] ?? '');
  const call = { ...bare, text, body: body.value };
  if (!body.ok) return refuse(call, 400, 'BadJson');
  const match = routes
    .filter((route) => route.method === method)
    .map((route) => ({ route, params: paramsOf(route.path, url.pathname) }))
    .find((candidate) => candidate.params !== undefined);
  if (match?.params === undefined) return refuse(call, 404, 'NoSuchRoute');
  const matched = { ...call, params: match.params };
  return { call: matched, answer: await match.route.answer(matched) };
}

function refuse(call: HttpCall, status: number, code: string): Answered {
  const message = `${call.method} ${call.path}`;
  return { call, answer: { kind: 'json', status, body: { error: { code, message } } } };
}

function readBody(text: string, contentType: string): { readonly ok: boolean; readonly value?: unknown } {
  if (text === '') return { ok: true };
  if (contentType.includes('x-www-form-urlencoded'))
    return { ok: true, value: Object.fromEntries(new URLSearchParams(text)) };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.at(-1) === '*') return restOf(wanted.slice(0, -1), given);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const found = decoded(given[index] ?? '');
    if (found === undefined) return undefined;
    if (segment.startsWith(':')) params[segment.slice(1)] = found;
    else if (segment !== found) return undefined;
  }
  return params;
}

/** Of fixed segments and whatever follows. */
function restOf(fixed: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (fixed.some((segment, index) => segment !== given[index])) return undefined;
  const rest = decoded(given.slice(fixed.length).join('/'));
  return rest === undefined || rest === '' ? undefined : { '*': rest };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
