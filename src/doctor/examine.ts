import type { Check, Finding } from './finding.ts';
import { SECOND } from '../scan/time.ts';

const LONGEST = 30 * SECOND;

/** One finding for each check, in order; they run side by side. A check that breaks is itself a finding. */
export function examine(checks: readonly Check[], longest = LONGEST): Promise<readonly Finding[]> {
  return Promise.all(checks.map((check) => findingOf(check, longest)));
}

async function findingOf(check: Check, longest: number): Promise<Finding> {
  const { name } = check;
  try {
    return { check: name, ...(await Promise.race([check.look(), late(longest)])) };
  } catch (fault) {
    const says = `The check itself broke (${fault instanceof Error ? fault.name : 'unknown'}).`;
    return { check: name, is: 'bad', says, remedy: 'Please report it, with the version.' };
  }
}

async function late(longest: number): Promise<Omit<Finding, 'check'>> {
  await new Promise((resolve) => setTimeout(resolve, longest).unref());
  return {
    is: 'bad',
    says: `No result in ${longest / SECOND} s.`,
    remedy: 'Try again; if it stays so, look at the way to that host.',
  };
}

/** Reads without colour as well: the word comes first. */
export function reportOf(findings: readonly Finding[], colour: boolean): string {
  const lines = findings.flatMap(({ check, is, says, remedy }) => [
    `${painted(is, colour)}  ${check}: ${says}`,
    ...(remedy === undefined ? [] : [`        ${remedy}`]),
  ]);
  const bad = findings.filter(({ is }) => is === 'bad').length;
  const open = findings.filter(({ is }) => is === 'open').length;
  const end = bad === 0 ? 'Nothing wrong was found' : `${bad} to mend`;
  return `${[...lines, '', open === 0 ? `${end}.` : `${end}; ${open} ${open === 1 ? 'is' : 'are'} open.`].join('\n')}\n`;
}

const WORDS = { good: 'ok   ', bad: 'WRONG', open: 'open ' } as const;
const COLOURS = { good: 32, bad: 31, open: 33 } as const;

function painted(is: Finding['is'], colour: boolean): string {
  return colour ? `\u001B[${COLOURS[is]}m${WORDS[is]}\u001B[0m` : WORDS[is];
}
