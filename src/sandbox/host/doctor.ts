import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DOCTOR = fileURLToPath(new URL('../../doctor/cli.ts', import.meta.url));
const FAILED = 1;

/** `npm run doctor` with the bot's own environment, on this process' own screen. Resolves with its exit code. */
export async function doctorIn(env: Readonly<Record<string, string>>): Promise<number> {
  const dataDir = env['DATA_DIR'] ?? '.';
  // A package in build/ is for a bot of a tenant.
  const child = spawn(process.execPath, [DOCTOR, '--package', join(dataDir, 'scan-bot.zip')], {
    env,
    cwd: dataDir,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? FAILED;
}
