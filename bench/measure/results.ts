import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../results');

/** Keeps what a bench has found, as text to read, under its name. */
export function keepResult(name: string, lines: readonly string[]): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${name}.md`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
