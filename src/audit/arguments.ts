import { parseArgs } from 'node:util';
import type { PersonId, Time } from '../scan/ids.ts';
import { readPersonId } from '../scan/ids.ts';
import { DAY } from '../scan/time.ts';
import { readAnchor } from './chain.ts';
import type { Head } from './chain.ts';
import type { ExportFormat } from './export.ts';

interface Times {
  readonly from: Time | undefined;
  /** The first moment that is too late. */
  readonly until: Time | undefined;
}

export type Order =
  | { readonly do: 'verify'; readonly anchors: readonly Head[] }
  | { readonly do: 'export'; readonly times: Times; readonly format: ExportFormat; readonly out: string | undefined }
  | { readonly do: 'reconcile'; readonly times: Times; readonly tokenFile: string | undefined }
  | { readonly do: 'forget'; readonly person: PersonId };

export type OrderRead = { readonly ok: true; readonly order: Order } | { readonly ok: false; readonly why: string };

class WrongCall extends Error {}

const OPTIONS = {
  anchor: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  'token-file': { type: 'string' },
} as const;

type Option = keyof typeof OPTIONS;
type Given = ReturnType<typeof parsed>['values'];

const ALLOWED: Readonly<Record<Order['do'], readonly Option[]>> = {
  verify: ['anchor'],
  export: ['from', 'to', 'format', 'out'],
  reconcile: ['from', 'to', 'token-file'],
  forget: [],
};

/** What an auditor typed, or what is wrong with it. */
export function readOrder(args: readonly string[]): OrderRead {
  try {
    const { values, positionals } = parsed(args);
    return { ok: true, order: orderOf(positionals, values) };
  } catch (fault) {
    if (fault instanceof WrongCall || fault instanceof TypeError) return { ok: false, why: fault.message };
    throw fault;
  }
}

function parsed(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function orderOf([name, person, ...rest]: readonly string[], given: Given): Order {
  const command = (['verify', 'export', 'reconcile', 'forget'] as const).find((one) => one === name);
  if (command === undefined) throw new WrongCall('The command is verify, export, reconcile or forget.');
  const strange = Object.keys(given).find((option) => !ALLOWED[command].some((known) => known === option));
  if (strange !== undefined) throw new WrongCall(`--${strange} is no option of ${command}.`);
  if (rest.length > 0 || (person !== undefined && command !== 'forget'))
    throw new WrongCall('There is a word too many.');
  switch (command) {
    case 'verify':
      return { do: command, anchors: (given.anchor ?? []).map(anchorOf) };
    case 'export':
      return { do: command, times: timesOf(given), format: formatOf(given.format), out: given.out };
    case 'reconcile':
      return { do: command, times: timesOf(given), tokenFile: given['token-file'] };
    case 'forget':
      return { do: command, person: personOf(person) };
  }
}

function anchorOf(text: string): Head {
  const anchor = readAnchor(text);
  if (anchor === undefined) throw new WrongCall('An anchor is a number, a colon and 64 hexadecimal characters.');
  return anchor;
}

function personOf(text: string | undefined): PersonId {
  const person = readPersonId(text);
  if (person === undefined) throw new WrongCall('A person is named by the object id in Entra.');
  return person;
}

function formatOf(text = 'jsonl'): ExportFormat {
  if (text !== 'jsonl' && text !== 'csv') throw new WrongCall('--format is jsonl or csv.');
  return text;
}

function timesOf({ from, to }: Given): Times {
  const times = {
    from: from === undefined ? undefined : timeOf(from, 0),
    until: to === undefined ? undefined : timeOf(to, DAY),
  };
  if (times.from !== undefined && times.until !== undefined && times.from >= times.until) {
    throw new WrongCall('--to is before --from.');
  }
  return times;
}

/** A day of UTC, whose end counts for `--to`; or a time with its offset. */
function timeOf(text: string, dayEnds: number): Time {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = isDay || isTime ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new WrongCall('A time is a day (2026-11-20, UTC) or 2026-11-20T22:00+01:00.');
  return isDay ? time + dayEnds : time;
}
