import type { WireEntry as DefenderEntry } from '../defender/wire-log.ts';
import type { WireLine as EntraLine } from '../entra/wire-log.ts';
import type { Party, WireLine } from '../page/wire.ts';
import type { SandboxPerson } from '../person.ts';
import { jsonOrText, list, present, record, words } from '../teams/json.ts';
import type { WireEntry as TeamsEntry } from '../teams/wire-log.ts';
import type { Unnumbered } from './wire-book.ts';

type People = readonly SandboxPerson[];
type Parts = Pick<WireLine, 'at' | 'method' | 'path' | 'status'> & {
  readonly query: string;
  readonly body: unknown;
  readonly answer: unknown;
  readonly claims: WireLine['claims'] | undefined;
  readonly note: string | undefined;
};

export function teamsLine(entry: TeamsEntry, people: People): Unnumbered {
  const { at, method, status, body, answer, claims } = entry;
  const [path = '', query = ''] = entry.path.split('?');
  const isOut = entry.direction === 'out';
  const note = isOut ? activityNote(body, people) : path.startsWith('/api/') ? 'Token Service' : undefined;
  const parts = { at, method, path, query: decodedQuery(query), body, status, answer, claims, note };
  return isOut ? line('teams', 'bot', parts) : line('bot', 'teams', parts);
}

export function defenderLine(entry: DefenderEntry, people: People): Unnumbered {
  const { at, method, path, query, status, answerBody: answer, claims } = entry;
  const name = people.find(({ upn }) => upn === claims?.['upn'])?.name;
  const note = name === undefined ? undefined : `In the name of ${name}`;
  const body = jsonOrText(entry.requestBody);
  return line('bot', 'defender', { at, method, path, query, body, status, answer, claims, note });
}

export function entraLine(entry: EntraLine, people: People): Unnumbered {
  const { at, method, path, status, claims, form, answer } = entry;
  const body = Object.keys(form).length === 0 ? undefined : form;
  return line('bot', 'entra', {
    at,
    method,
    path,
    query: '',
    body,
    status,
    answer,
    claims,
    note: grantNote(entry, people),
  });
}

function line(from: Party, to: Party, parts: Parts): Unnumbered {
  const { at, method, path, status, ...rest } = parts;
  const query = rest.query === '' ? undefined : rest.query;
  return { at, from, to, method, path, status, ...present({ ...rest, query }) };
}

function grantNote(entry: EntraLine, people: People): string | undefined {
  if (entry.grant === undefined) return undefined;
  const name = people.find(({ oid }) => oid === entry.oid)?.name;
  const codes = list(entry.answer['error_codes']).map((code) => `AADSTS${String(code)}`);
  return [name === undefined ? 'As the bot itself' : `On behalf of ${name}`, ...codes].join(' · ');
}

/** What it is, and by whom: `message from Alice Andersson`. */
function activityNote(activity: unknown, people: People): string | undefined {
  const { type, name, from, value } = record(activity);
  const person = people.find(({ teamsId }) => teamsId === record(from)['id'])?.name;
  const verb = words(record(record(value)['action'])['verb']);
  const what = [words(name) ?? words(type) ?? 'activity', verb].filter((part) => part !== undefined).join(' ');
  return person === undefined ? what : `${what} from ${person}`;
}

function decodedQuery(query: string): string {
  return [...new URLSearchParams(query)].map(([key, value]) => `${key}=${value}`).join('&');
}
