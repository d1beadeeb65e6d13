import english from '../words/en.grammar.json' with { type: 'json' };
import type { Command } from './command.ts';
import type { CommandName, Grammar } from './grammar.ts';
import { Lexicon } from './lexicon.ts';
import { matchingText } from './matching-text.ts';
import type { MatchingText } from './matching-text.ts';
import { nearMiss } from './near-miss.ts';
import { hasRole, readOrder, typesIn } from './order.ts';
import { tokensOf } from './token.ts';
import type { Token } from './token.ts';
import { readTyped, withoutMentionMarks } from './typed-text.ts';

/** Reads the text of a Teams message, as Teams sent it, the mention of the bot removed or not. */
export function parseCommand(text: string, grammar: Grammar = english): Command {
  const typed = readTyped(text);
  const matching = matchingText(typed);
  const tokens = tokensOf(matching, new Lexicon(grammar));
  const first = tokens.findIndex((token) => !mayPrecedeCommand(token));
  const token = tokens[first];
  if (token?.kind === 'word') return { name: 'help', guess: nearMiss(matching.lower.slice(token.start), grammar) };
  if (token?.kind !== 'phrase' || token.role.is !== 'command') return { name: 'help', guess: undefined };
  if (token.role.name === 'scan') return scanCommand({ typed, matching, tokens, first });
  if (token.role.name === 'pause') return pauseCommand({ typed, matching, tokens, first });
  return otherCommand(token.role.name, tokens.slice(first + 1));
}

function mayPrecedeCommand(token: Token): boolean {
  if (token.kind !== 'phrase') return token.kind === 'colon' || token.kind === 'dash';
  const { is } = token.role;
  return is !== 'command' && is !== 'reason' && is !== 'never-device';
}

interface CommandText {
  readonly typed: string;
  readonly matching: MatchingText;
  readonly tokens: readonly Token[];
  /** The index of the command among the tokens. */
  readonly first: number;
}

function scanCommand({ typed, matching, tokens, first }: CommandText): Command {
  const order = readOrder(tokens.slice(first + 1));
  const types = new Set([...typesIn(tokens.slice(0, first + 1)), ...order.types]);
  // Who names both types has not chosen one.
  const type = types.size === 1 ? [...types][0] : undefined;
  const reason = order.reasonAt === undefined ? undefined : reasonFrom(typed, matching.typedEnd[order.reasonAt - 1]);
  return { name: 'scan', device: order.device, type, reason };
}

/** Everything after the command is the reason, with or without a word that introduces it. */
function pauseCommand({ typed, matching, tokens, first }: CommandText): Command {
  const introduced = hasRole(tokens[first + 1], 'reason') ? first + 1 : first;
  const end = tokens[introduced]?.end ?? matching.text.length;
  return { name: 'pause', reason: reasonFrom(typed, matching.typedEnd[end - 1]) };
}

/** Only what separates the reason from the word that introduces it is taken away. */
function reasonFrom(typed: string, start: number | undefined): string | undefined {
  const reason = trimmed(withoutMentionMarks(typed.slice(start)));
  const separator = /^[:：,]/u.test(reason) ? 1 : 0;
  const words = trimmed(reason.slice(separator));
  return words === '' ? undefined : words;
}

/** Trims the zero-width characters, too, that Teams leaves at the ends. */
function trimmed(text: string): string {
  const start = text.search(/[^\s\u200b\u2060\ufeff]/u);
  return start === -1 ? '' : withoutBlankEnd(text.slice(start));
}

function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s\u200b\u2060\ufeff]/u.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function otherCommand(name: Exclude<CommandName, 'scan' | 'pause'>, rest: readonly Token[]): Command {
  switch (name) {
    case 'status':
    case 'cancel':
      return { name, device: readOrder(rest).device };
    case 'why':
      return whyCommand(rest);
    case 'my-scans':
    case 'resume':
    case 'sign-out':
      return { name };
    case 'help':
      return { name, guess: undefined };
  }
}

/** `why` begins many a question: only one about a single device is understood. */
function whyCommand(rest: readonly Token[]): Command {
  if (rest.filter(({ kind }) => kind === 'word').length > 1) return { name: 'help', guess: undefined };
  return { name: 'why', device: readOrder(rest).device };
}
