import type { Time } from '../scan/ids.ts';
import { HOUR } from '../scan/time.ts';
import { anchorText } from './chain.ts';
import type { ChainRow, Head } from './chain.ts';
import { ChainCheck } from './chain-check.ts';
import type { Beside } from './chain-check.ts';

/** What verifying needs to see of the store. */
export interface AuditSource {
  entries(): AsyncIterable<{ readonly row: ChainRow; readonly beside: Beside }>;
  anchors(): Promise<readonly Head[]>;
  waiting(): Promise<{ readonly count: number; readonly since: Time | undefined }>;
}

export interface Verdict {
  readonly lines: readonly string[];
  readonly found: boolean;
}

const MOST_LINES = 100;
/** A bot that runs links within seconds. */
const LONGEST_WAIT = HOUR;

/** Goes through the whole chain, and says what is wrong with it or how far it is right. */
export async function verifyAudit(source: AuditSource, given: readonly Head[], now: Time): Promise<Verdict> {
  const posted = await source.anchors();
  const check = new ChainCheck([...given, ...posted]);
  for await (const { row, beside } of source.entries()) check.see(row, beside);
  const waiting = await source.waiting();
  const findings = check.end(waiting.count > 0).map(({ n, what }) => `record ${n}: ${what}`);
  const late = waiting.since !== undefined && now - waiting.since > LONGEST_WAIT;
  if (late) findings.push('what waits for its place in the chain has waited for over an hour: start the bot');
  const shown = findings.length > MOST_LINES ? [`… and ${findings.length - MOST_LINES} more`] : [];
  return {
    lines: [
      ...findings.slice(0, MOST_LINES),
      ...shown,
      ...summary(check, waiting.count, [given.length, posted.length]),
    ],
    found: findings.length > 0,
  };
}

function summary({ head, gone }: ChainCheck, waiting: number, [given, posted]: readonly [number, number]): string[] {
  const anchors = `Checked against ${given} given and ${posted} posted ${given + posted === 1 ? 'anchor' : 'anchors'}.`;
  return [
    `${head.n} records, head ${anchorText(head)}`,
    anchors,
    ...(given === 0
      ? ['Without an anchor from elsewhere (--anchor) a chain that was written anew as a whole looks right.']
      : []),
    ...(gone > 0 ? [`${gone} personal fields were forgotten.`] : []),
    ...(waiting > 0 ? [`${waiting} commits wait for their place: nothing is said about these yet.`] : []),
  ];
}
