import type { z } from 'zod';
import { json } from '../http.ts';
import type { HttpAnswer, HttpCall, HttpRoute } from '../http.ts';
import type { ActionAnswer, Answer, Done, SearchAnswer, SayAnswer, SignInAnswer } from '../page/api.ts';
import { present } from '../teams/json.ts';
import { Impossible } from './acts.ts';
import type { PageLines } from './page-lines.ts';
import { PEOPLE } from './people.ts';
import * as wanted from './requests.ts';
import type { Session } from './session.ts';

export interface ApiParts {
  readonly lines: PageLines;
  /** The present one. */
  readonly session: () => Session;
  /** Everything begins anew. */
  readonly reset: () => Promise<void>;
}

const NO_STORE = { 'cache-control': 'no-store' };
const DONE: Done = { ok: true };

export function apiRoutes({ lines, session, reset }: ApiParts): readonly HttpRoute[] {
  return [
    get('world', () => session().world()),
    get('messages', ({ query }) => session().messages(personIn(query.get('as')))),
    get('wire', ({ query }) => session().wireAfter(Number(query.get('after') ?? 0))),
    { method: 'GET', path: '/api/events', answer: (call) => events(call, lines) },
    ...talkRoutes(session),
    ...worldRoutes(session),
    post('reset', wanted.nothing, async () => {
      await reset();
      return DONE;
    }),
  ];
}

function talkRoutes(session: () => Session): readonly HttpRoute[] {
  return [
    post('say', wanted.sayRequest, async ({ as, place, text, thread }): Promise<SayAnswer> => {
      const to = thread === undefined ? { place } : { place, thread };
      return { ok: true, ...(await session().say({ as: personIn(as), text, ...to })) };
    }),
    post('press', wanted.pressRequest, async ({ action, ...press }): Promise<{ answer: Answer }> => {
      const { type, title, id, verb, data } = action;
      const pressed = { type, title, data, ...present({ id, verb }) };
      return { answer: await session().press({ ...press, as: personIn(press.as), action: pressed }) };
    }),
    post('look', wanted.lookRequest, async ({ as, message }): Promise<Done> => {
      await session().look({ as: personIn(as), message });
      return DONE;
    }),
    post('search', wanted.searchRequest, async ({ as, ...search }): Promise<SearchAnswer> => {
      return { rows: await session().search({ ...search, as: personIn(as) }) };
    }),
    post('action', wanted.actionRequest, async ({ as, message, does, inputs = {} }): Promise<ActionAnswer> => {
      return session().action({ as: personIn(as), message, does, inputs });
    }),
    post('sign-in', wanted.signInRequest, async ({ as, choice, ...rest }): Promise<SignInAnswer> => {
      return { ok: true, answer: await session().signIn({ as: personIn(as), choice, ...present(rest) }) };
    }),
  ];
}

function worldRoutes(session: () => Session): readonly HttpRoute[] {
  return [
    post('mood', wanted.moodRequest, ({ id, on }) => {
      session().setMood(id, on);
      return DONE;
    }),
    post('device', wanted.deviceRequest, ({ id, asleep }) => {
      session().setAsleep(id, asleep);
      return DONE;
    }),
    post('foreign-scan', wanted.foreignScanRequest, ({ device, type = 'Full' }) => {
      session().scanByColleague(device, type);
      return DONE;
    }),
    post('time-lapse', wanted.timeLapseRequest, ({ factor }) => {
      session().setTimeLapse(factor);
      return DONE;
    }),
  ];
}

function get(name: string, answer: (call: HttpCall) => unknown): HttpRoute {
  return { method: 'GET', path: `/api/${name}`, answer: (call) => attempted(() => answer(call)) };
}

function post<Body>(name: string, schema: z.ZodType<Body>, act: (body: Body) => unknown): HttpRoute {
  return {
    method: 'POST',
    path: `/api/${name}`,
    answer: (call) => {
      const read = schema.safeParse(call.body);
      if (!read.success) return failed('The request cannot be read.');
      return attempted(() => act(read.data));
    },
  };
}

async function attempted(act: () => unknown): Promise<HttpAnswer> {
  try {
    return json(200, await act(), NO_STORE);
  } catch (fault) {
    if (fault instanceof Impossible) return failed(fault.message);
    throw fault;
  }
}

function failed(error: string): HttpAnswer {
  return json(400, { error }, NO_STORE);
}

function events({ query }: HttpCall, lines: PageLines): HttpAnswer {
  const handle = query.get('as') ?? '';
  if (!isSomebody(handle)) return failed('Nobody here is called so.');
  return {
    kind: 'stream',
    start: (response) => {
      lines.open(handle, response);
    },
  };
}

function personIn(handle: string | null): string {
  if (handle === null || !isSomebody(handle)) throw new Impossible('Nobody here is called so.');
  return handle;
}

function isSomebody(handle: string): boolean {
  return PEOPLE.some((person) => person.handle === handle);
}
