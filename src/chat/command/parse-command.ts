import { FIRST_LANGUAGE } from '../languages.ts';
import { listIn } from './device-list.ts';
import { withoutListMarks } from './list-marks.ts';
import { tableIn } from './device-table.ts';
import type { Table } from './device-table.ts';
import type { Span } from '../../scan/report.ts';
import type { Command, ManyCommand, ScanCommand } from './command.ts';
import type { CommandName } from './grammar.ts';
import { lexicons } from './lexicon.ts';
import type { Lexicon } from './lexicon.ts';
import { matchingText } from './matching-text.ts';
import type { MatchingText } from './matching-text.ts';
import { nearMiss } from './near-miss.ts';
import { hasRole, readOrder, typesIn } from './order.ts';
import { reasonFrom } from './reason-text.ts';
import { timed, timedCommand } from './timed-command.ts';
import type { CommandRead } from './timed-command.ts';
import { tokensOf } from './token.ts';
import type { Token } from './token.ts';
import { readTyped } from './typed-text.ts';

const LONGEST_LANGUAGE = 100;
/** Words of the command before a pasted table, at the most. */
const MOST_HEADINGS = 12;

/**
 * Reads the text of a Teams message, as Teams sent it, the mention of the bot removed or not. Every language is
 * understood from everybody; the writer's own decides where it matters.
 */
export function parseCommand(text: string, language: string = FIRST_LANGUAGE): Command {
  const typed = readTyped(text);
  const matching = matchingText(typed);
  const read = (text: MatchingText): Command => timedCommand(text, language, (rest) => readText(typed, rest, language));
  return readListed(matching, read) ?? read(matching);
}

/** A list with dashes or numbers before its lines; a reason may have such lines as well, after its device. */
function readListed(matching: MatchingText, read: (text: MatchingText) => Command): Command | undefined {
  const unmarked = withoutListMarks(matching);
  const listed = unmarked && read(unmarked);
  if (unmarked === undefined || listed?.name !== 'scan-many') return undefined;
  const head = unmarked.firstMark;
  const asWritten = read(matching);
  const isReason = asWritten.name === 'scan' && matching.text.slice(0, head).includes(asWritten.device ?? '\n');
  return isReason ? undefined : listed;
}

function readText(typed: string, matching: MatchingText, language: string): CommandRead {
  const readings: Reading[] = [];
  for (const lexicon of lexicons(language)) {
    const reading = readIn(lexicon, typed, matching);
    if (reading.isSure) return reading;
    readings.push(reading);
  }
  const found = readings.find((reading) => reading.command.name !== 'help');
  return found ?? { command: { name: 'help', guess: guessAt(readings[0]?.strangeAt, matching, language) } };
}

interface Reading extends CommandRead {
  /** The language of the command is the one that the text was read in: nobody else reads it better. */
  readonly isSure: boolean;
  /** Where a word stands instead of a command. */
  readonly strangeAt: number | undefined;
}

function readIn(lexicon: Lexicon, typed: string, matching: MatchingText): Reading {
  const tokens = commandFirst(tokensOf(matching, lexicon), lexicon);
  const first = tokens.findIndex((token) => !mayPrecedeCommand(token));
  const token = tokens[first];
  const command: Command = { name: 'help', guess: undefined };
  if (token?.kind === 'word') return { command, isSure: false, strangeAt: token.start };
  if (token?.kind !== 'phrase' || token.role.is !== 'command') return { command, isSure: false, strangeAt: undefined };
  const found = { isSure: lexicon.isAtHome(token.phrase), strangeAt: undefined };
  if (token.role.name !== 'pause' && isNegated(tokens.slice(first + 1))) return { command, ...found };
  const text = { typed, matching, tokens, first };
  const { reasonAt } = readOrder(tokens.slice(first + 1));
  return { command: commandAt(text, token.role.name), reasonAt, ...found };
}

/** A device that stands before its command is put behind it; the places in the text stay as they are. */
function commandFirst(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  const at = tokens.findIndex((token) => !mayPrecedeCommand(token));
  const device = tokens[at];
  if (device?.kind !== 'word' && device?.kind !== 'quoted') return tokens;
  const command = tokens.findIndex((token, index) => index > at && !mayPrecedeCommand(token));
  const token = tokens[command];
  if (token?.kind !== 'phrase' || !lexicon.mayFollowDevice(token.phrase)) return tokens;
  return [...tokens.slice(0, at), ...tokens.slice(at + 1, command + 1), device, ...tokens.slice(command + 1)];
}

function guessAt(start: number | undefined, matching: MatchingText, language: string): string | undefined {
  return start === undefined ? undefined : nearMiss(matching.lower.slice(start), language);
}

function mayPrecedeCommand(token: Token): boolean {
  if (token.kind !== 'phrase') return token.kind === 'colon' || token.kind === 'dash';
  const { is } = token.role;
  return is !== 'command' && is !== 'reason' && is !== 'never-device' && is !== 'negation';
}

/** `skanna inte X`, `scan X niet`: in some languages the contrary is said after the command. */
function isNegated(rest: readonly Token[]): boolean {
  const negation = rest.findIndex((token) => hasRole(token, 'negation'));
  const reason = readOrder(rest).reasonAt;
  const at = rest[negation]?.start;
  return at !== undefined && (reason === undefined || at < reason);
}

function commandAt(text: CommandText, name: CommandName): Command {
  const rest = text.tokens.slice(text.first + 1);
  switch (name) {
    case 'scan':
      return scanCommand(text);
    case 'schedule':
      return timed(scanCommand(text), { fault: 'no-time' });
    case 'cancel':
      return { name: isAboutSchedule(rest) ? 'unschedule' : name, device: readOrder(rest).device };
    case 'unschedule':
    case 'status':
    case 'history':
    case 'watch':
      return { name, device: readOrder(rest).device };
    case 'report':
      return reportCommand(rest);
    case 'why':
      return whyCommand(rest);
    case 'pause':
      return pauseCommand(text);
    case 'language':
      return { name, wanted: wantedLanguage(text) };
    case 'my-scans':
    case 'schedules':
    case 'resume':
    case 'sign-out':
    case 'tell-here':
    case 'tell-there':
      return { name };
    case 'help':
      return { name, guess: undefined };
  }
}

/** `cancel the FIN-07 schedule`: not a scan that runs there. */
function isAboutSchedule(rest: readonly Token[]): boolean {
  return rest.some((token) => token.kind === 'phrase' && token.role.is === 'command' && SCHEDULES.has(token.role.name));
}

const SCHEDULES: ReadonlySet<CommandName> = new Set(['schedule', 'schedules', 'unschedule']);

interface CommandText {
  readonly typed: string;
  readonly matching: MatchingText;
  readonly tokens: readonly Token[];
  /** The index of the command among the tokens. */
  readonly first: number;
}

function scanCommand({ typed, matching, tokens, first }: CommandText): ScanCommand | ManyCommand {
  const from = matching.typedEnd[(tokens[first]?.end ?? 1) - 1] ?? 0;
  const typedAt = ({ start }: Token): number => matching.typedEnd[start] ?? 0;
  const rest = tokens.slice(first + 1);
  const reasons = new Set(rest.filter((token) => hasRole(token, 'reason')).map((token) => typedAt(token) - 1));
  const table = tableIn(typed, [from, ...headingsAt(rest).map((token) => typedAt(token) - 1)], reasons);
  // What stands in a table is no word of the command.
  const around = table === undefined ? rest : rest.filter((token) => !isInside(typedAt(token), table));
  const order = readOrder(around);
  const types = new Set([...typesIn(tokens.slice(0, first + 1)), ...order.types]);
  // Who names both types has not chosen one.
  const type = types.size === 1 ? [...types][0] : undefined;
  const reasonAt = order.reasonAt === undefined ? undefined : matching.typedEnd[order.reasonAt - 1];
  const said = table !== undefined && (reasonAt ?? 0) < table.from ? typed.slice(0, table.from) : typed;
  const reason = order.reasonAt === undefined ? undefined : reasonFrom(said, reasonAt);
  const devices = table?.devices ?? listIn(order.before, matching);
  return devices === undefined
    ? { name: 'scan', device: order.device, type, reason }
    : { name: 'scan-many', devices, type, reason };
}

/** Where the heading of a table may begin that was pasted right behind the command. */
function headingsAt(rest: readonly Token[]): readonly Token[] {
  const words = rest.findIndex(({ kind }) => kind !== 'phrase' && kind !== 'colon');
  return rest.slice(0, Math.min(words === -1 ? MOST_HEADINGS : words + 1, MOST_HEADINGS));
}

function isInside(place: number, { from, to }: Table): boolean {
  return place > from && place <= to;
}

/** Everything after the command is the reason, with or without a word that introduces it. */
function pauseCommand({ typed, matching, tokens, first }: CommandText): Command {
  const introduced = hasRole(tokens[first + 1], 'reason') ? first + 1 : first;
  const end = tokens[introduced]?.end ?? matching.text.length;
  return { name: 'pause', reason: reasonFrom(typed, matching.typedEnd[end - 1]) };
}

/** Everything after the command, as it stands there. */
function wantedLanguage({ matching, tokens, first }: CommandText): string | undefined {
  const wanted = matching.text
    .slice(tokens[first]?.end)
    .replace(/^[\s:,]+/, '')
    .trim();
  return wanted === '' ? undefined : wanted.slice(0, LONGEST_LANGUAGE);
}

/** A week, unless another span is named; whatever else is said changes nothing. */
function reportCommand(rest: readonly Token[]): Command {
  const words = rest.flatMap((token) => (token.kind === 'word' ? [token.text.toLowerCase()] : []));
  const span = SPANS.find((one) => words.includes(one)) ?? '7d';
  return { name: 'report', span, csv: words.includes('csv') };
}

const SPANS: readonly Span[] = ['24h', '7d', '30d'];

/** `why` begins many a question: only one about a single device is understood. */
function whyCommand(rest: readonly Token[]): Command {
  if (rest.filter(({ kind }) => kind === 'word').length > 1) return { name: 'help', guess: undefined };
  return { name: 'why', device: readOrder(rest).device };
}
