import type { Command } from './command.ts';
import type { MatchingText } from './matching-text.ts';
import { readWhen } from './when/read-when.ts';
import type { WhenRead } from './when/read-when.ts';
import type { WhenSpan } from './when/when-spans.ts';
import { whenSpans } from './when/when-spans.ts';

export interface CommandRead {
  readonly command: Command;
  /** Where the reason begins in the matching text: what follows is no time of the command's. */
  readonly reasonAt?: number | undefined;
}

/**
 * A scan that is to run at a time, wherever in the sentence the time stands; else the command without one. The times
 * are taken out first, so that their words are not taken for a device or a reason; in the reason itself they stay.
 */
export function timedCommand(
  matching: MatchingText,
  language: string,
  read: (matching: MatchingText) => CommandRead,
): Command {
  const spans = whenSpans(matching, language);
  if (!spans.some(({ isSure }) => isSure)) return read(matching).command;
  const { command, reasonAt = Infinity } = read(without(matching, spans));
  // Pasted tables are full of times that are none of ours.
  const end = command.name === 'scan-many' ? Math.min(reasonAt, firstLineEnd(matching)) : reasonAt;
  const told = spans.filter(({ start }) => start < end);
  const isScan = command.name === 'scan' || command.name === 'scan-many' || command.name === 'schedule';
  if (!isScan || !told.some(({ isSure }) => isSure)) return read(matching).command;
  const when = readWhen(told);
  // A device may be called `monday`.
  const hasDevice = command.name === 'scan-many' || command.device !== undefined;
  return hasDevice || 'when' in when ? timed(command, when) : read(matching).command;
}

type Scans = Extract<Command, { name: 'scan' | 'scan-many' | 'schedule' }>;

/** Times are for one device: what was meant for several is not done to one of them. */
export function timed(command: Scans, when: WhenRead): Command {
  if (command.name === 'schedule' && 'fault' in command.when && command.when.fault === 'many') return command;
  if (command.name !== 'scan-many') return { ...command, name: 'schedule', when };
  const { type, reason } = command;
  return { name: 'schedule', device: undefined, type, reason, when: { fault: 'many' } };
}

/** Every character stays in its place. */
function without(matching: MatchingText, spans: readonly WhenSpan[]): MatchingText {
  return { ...matching, text: blanked(matching.text, spans), lower: blanked(matching.lower, spans) };
}

function blanked(text: string, spans: readonly WhenSpan[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(from, start), ' '.repeat(end - start));
    from = end;
  }
  return pieces.join('') + text.slice(from);
}

function firstLineEnd({ lower, breaks }: MatchingText): number {
  return [...breaks].find((place) => lower.slice(0, place).trim() !== '') ?? Infinity;
}
