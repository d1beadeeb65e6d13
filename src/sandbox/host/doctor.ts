import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const DOCTOR = fileURLToPath(new URL('../../doctor/cli.ts', import.meta.url));
const FAILED = 1;

/** `npm run doctor` with the bot's own environment, on this process' own screen. Resolves with its exit code. */
export async function doctorIn(env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, [DOCTOR], {
    env,
    cwd: env['DATA_DIR'],
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? FAILED;
}
