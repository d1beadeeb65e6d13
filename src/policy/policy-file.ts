import { readFileSync } from 'node:fs';
import { readPolicy } from './read-policy.ts';
import type { PolicyReading } from './read-policy.ts';

const REMEDY = 'It must be a file that this account may read, with JSON in UTF-8.';

/** The policy in a file, or everything that is wrong with it. A byte that is no UTF-8 could change what a rule means. */
export function readPolicyFile(file: string): PolicyReading {
  try {
    return readPolicy(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return { ok: false, faults: [{ path: '$', fault: `cannot be read${code}`, remedy: REMEDY }] };
  }
}
