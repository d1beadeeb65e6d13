import type { Time } from '../../scan/ids.ts';
import { explain, limitsText, outcomeText } from '../explanation.ts';
import type { Explanation } from '../explanation.ts';
import type { PolicyFault } from '../file/fault.ts';
import { policySchema } from '../file/shape.ts';
import { judge } from '../judge.ts';
import { readPolicy } from '../read-policy.ts';
import type { PolicyReading } from '../read-policy.ts';
import { readArguments, UsageFault } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { labelled, printable } from './columns.ts';
import { readDeviceList } from './device-list.ts';
import { verdictTable } from './table.ts';

/** What the commands need from the machine. */
export interface Desk {
  /** Throws an UnreadableFile. */
  read(path: string): string;
  readonly now: Time;
}

/** There is no such file, or it may not be read. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** What goes where, and how it ends. */
export interface Ending {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

const WIDTH = 100;

const USAGE = `Usage:
  npm run policy -- check FILE                    every fault, each with its path in the file
  npm run policy -- explain FILE [options]        which rule applies, and what it asks for
  npm run policy -- table FILE DEVICES.csv [options]   both scans of every device in a list
  npm run policy -- schema                        the JSON schema
Options (what is not given is unknown, and counts against the scan):
  --device name=…,tag=…,group=…,os=…,value=…,risk=…   tag= alone: none
  --type Quick|Full      --person <object id>      --groups <object id>,…|none
  --channel <id>|none    --at 2026-11-21T22:00+01:00   (now, when left out)
`;

/** One command of an operator, from its words to what it prints: 0 is well, 1 a fault in a file, 2 a wrong call. */
export function runPolicy(args: readonly string[], desk: Desk): Ending {
  try {
    return command(readArguments(args, desk.now), desk);
  } catch (error) {
    if (error instanceof UnreadableFile) return { code: 1, out: '', err: `${printable(error.message)}\n` };
    if (!(error instanceof UsageFault)) throw error;
    return { code: 2, out: '', err: `${printable(error.message)}\n\n${USAGE}` };
  }
}

function command(given: Arguments, desk: Desk): Ending {
  const [verb, file, list, ...more] = given.words;
  if (verb === 'schema' && file === undefined) return printed(JSON.stringify(policySchema(), undefined, 2));
  if (file === undefined || more.length > 0)
    throw new UsageFault('The command is not complete, or has a word too many.');
  if (verb === 'table' && list !== undefined) return table(file, list, { given, desk });
  if (list !== undefined) throw new UsageFault('The command has a word too many.');
  if (verb === 'check') return check(file, readPolicy(desk.read(file)));
  if (verb === 'explain') return explained(file, given, desk);
  throw new UsageFault('The command is check, explain, table or schema.');
}

function check(file: string, reading: PolicyReading): Ending {
  if (!reading.ok) return faulty(file, reading.faults);
  const { policy, warnings } = reading;
  const rules = policy.rules.length === 1 ? '1 rule' : `${policy.rules.length} rules`;
  const warned = warnings.length === 0 ? [] : [`Warnings:\n${faultLines(warnings)}`];
  return printed([`${file} is well: ${rules}.`, ...warned].join('\n'));
}

function explained(file: string, { facts }: Arguments, desk: Desk): Ending {
  const reading = readPolicy(desk.read(file));
  if (!reading.ok) return faulty(file, reading.faults);
  return printed(explanationText(explain(judge(reading.policy, facts))));
}

function table(file: string, list: string, { given, desk }: { given: Arguments; desk: Desk }): Ending {
  const reading = readPolicy(desk.read(file));
  if (!reading.ok) return faulty(file, reading.faults);
  const devices = readDeviceList(desk.read(list));
  if (!devices.ok) return { code: 1, out: '', err: `${printable(`${list}: ${devices.fault}`)}.\n` };
  return printed(verdictTable(reading.policy, given.facts, devices.devices));
}

function explanationText({ rule, isDefault, asks, limits, holds, unknown, besides }: Explanation): string {
  const lines: readonly (readonly [string, string])[] = [
    ['Rule', isDefault ? 'none matches: what APPROVAL says holds' : rule],
    ['Asks for', outcomeText(asks)],
    ['Limits', limitsText(limits)],
    ['Because', holds.map(({ condition, entries }) => `${condition} ${entries.join(', ')}`).join('; ')],
    ['Unknown', unknown.join(', ')],
    ['Besides', besides.join(', ')],
  ];
  return lines
    .filter(([, text]) => text !== '')
    .map(([label, text]) => labelled(label, text, WIDTH))
    .join('\n');
}

function printed(text: string): Ending {
  return { code: 0, out: `${text}\n`, err: '' };
}

function faulty(file: string, faults: readonly PolicyFault[]): Ending {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return { code: 1, out: '', err: `${file} has ${count}:\n${faultLines(faults)}\n` };
}

function faultLines(faults: readonly PolicyFault[]): string {
  const lines = faults.map(({ path, fault, remedy }) =>
    remedy === undefined ? `  ${path} ${fault}.` : `  ${path} ${fault}.\n    ${remedy}`,
  );
  return lines.map((line) => line.split('\n').map(printable).join('\n')).join('\n');
}
