import { readFileSync } from 'node:fs';
import { runPolicy, UnreadableFile } from './cli/run.ts';

// A reader such as `head` may leave before everything is written.
process.stdout.on('error', () => process.exit());

const { code, out, err } = runPolicy(process.argv.slice(2), { read, now: Date.now() });
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UnreadableFile(`${path} cannot be read.`, { cause: error });
  }
}
