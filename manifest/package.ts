import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { packApp } from './app-package.ts';

const WRONG_CONFIGURATION = 78;
const ENV_FILE = fileURLToPath(new URL('../.env', import.meta.url));
const BUILD = fileURLToPath(new URL('../build/', import.meta.url));

if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
process.exitCode = await main();

async function main(): Promise<number> {
  const packing = packApp(process.env);
  if (!packing.ok) {
    const lines = packing.faults.map(({ variable, fault, remedy }) => `  ${variable} ${fault}. ${remedy}\n`);
    process.stderr.write(`No package: it needs what the bot itself needs.\n${lines.join('')}`);
    return WRONG_CONFIGURATION;
  }
  const { steady, newest } = packing;
  for (const { file, manifest } of [steady, newest]) {
    const faults = await AppManifestUtils.validateAgainstSchema(JSON.parse(manifest) as never);
    if (faults.length === 0) continue;
    process.stderr.write(`No package: the manifest of ${file} does not follow its schema.\n  ${faults.join('\n  ')}\n`);
    return 1;
  }
  mkdirSync(BUILD, { recursive: true });
  for (const { file, zip } of [steady, newest]) writeFileSync(`${BUILD}${file}`, zip);
  process.stdout.write(`Wrote ${BUILD}${steady.file}\n`);
  process.stdout.write(`Wrote ${BUILD}${newest.file}, for a Teams that knows the newest manifest\n`);
  process.stdout.write(exampleNote(steady.manifest));
  return 0;
}

function exampleNote(manifest: string): string {
  if (!manifest.includes('https://example.org/')) return '';
  return 'Its developer addresses are still examples: put your own into manifest/manifest.json before people see it.\n';
}
