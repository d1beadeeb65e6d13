import type { Entry } from '../ledger/entry.ts';
import type { Ask, Ledger } from '../ledger/ledger.ts';
import { markIn } from '../ledger/ledger.ts';
import type { Left } from './left.ts';
import { markOf } from './starts.ts';

/** Everything that has to do with one ask, in the order in which it happened. */
export function storyOf(mark: string, ledger: Ledger, left: Left): readonly string[] {
  const ask = ledger.asks.find((one) => one.mark === mark);
  if (ask === undefined) return [];
  const start = ledger.entries[0]?.at ?? 0;
  const requests = left.requests.filter((request) => markOf(request) === mark);
  const entries = ledger.entries.filter((entry) => isAbout(entry, ask)).toSorted((one, other) => one.at - other.at);
  return [
    `${mark}: ${ask.person.handle} wants ${ask.deviceName}`,
    ...entries.map((entry) => `  ${((entry.at - start) / 1000).toFixed(3).padStart(9)}  ${lineOf(entry)}`),
    ...requests.map((request) => `  in the end ${request.id} rev ${request.rev}: ${JSON.stringify(request.stage)}`),
  ];
}

function isAbout(entry: Entry, ask: Ask): boolean {
  switch (entry.what) {
    case 'act':
      return entry.ask === ask.mark;
    case 'said':
      return entry.thread === ask.thread;
    case 'scan':
      return entry.device === ask.device;
    case 'call':
      return markIn(entry.comment) === ask.mark || entry.about.includes(ask.device);
    case 'blow':
      return true;
  }
}

function lineOf(entry: Entry): string {
  switch (entry.what) {
    case 'act':
      return `${entry.ask} ${entry.how}: ${entry.status}`;
    case 'said':
      return `the bot ${entry.how}s ${entry.kind} “${entry.text}”: ${entry.status}`;
    case 'scan':
      return `Defender takes ${markIn(entry.comment) ?? '?'} as ${entry.id}: ${entry.status} at ${entry.endedAt ?? '?'}`;
    case 'call':
      return `${entry.api} ${markIn(entry.comment) ?? ''} ${entry.trouble ?? ''}: ${entry.status ?? 'open'}`;
    case 'blow':
      return `${entry.who} ${entry.how}`;
  }
}
