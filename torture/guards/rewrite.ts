import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');

/** A change of source text, for one process: what stands on the disk stays as it is. */
export interface Rewriting {
  /** As seen from the root of the project. */
  readonly file: string;
  /** What stands there, exactly once, and what stands there instead. */
  readonly changes: readonly (readonly [string, string])[];
}

class NoSuchText extends Error {
  override readonly name = 'NoSuchText';
}

export function rewritten({ file, changes }: Rewriting): string {
  let text = readFileSync(resolve(ROOT, file), 'utf8');
  for (const [from, to] of changes) {
    if (text.split(from).length !== 2) throw new NoSuchText(`${file} does not hold this exactly once: ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

/** From now on this process loads the file in its other form. */
export function rewrite(rewriting: Rewriting): void {
  const url = pathToFileURL(resolve(ROOT, rewriting.file)).href;
  const source = rewritten(rewriting);
  registerHooks({
    load: (wanted, context, nextLoad) =>
      wanted === url ? { format: 'module-typescript', source, shortCircuit: true } : nextLoad(wanted, context),
  });
}
