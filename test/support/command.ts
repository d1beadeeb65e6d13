import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one of the product's command lines as an operator does, with this environment and no other. */
export function runCommand(file: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Ran> {
  const script = resolve(import.meta.dirname, '../../src', file);
  const child = spawn(process.execPath, [script, ...args], { cwd, env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return new Promise((ended) =>
    child.once('close', (code) => {
      ended({ code, out, err });
    }),
  );
}
