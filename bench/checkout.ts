import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/** Another state of the project, in a directory of its own, with the packages of this one. */
export async function withCheckout<T>(ref: string, work: (root: string) => Promise<T>): Promise<T> {
  const root = join(mkdtempSync(join(tmpdir(), 'scan-bot-ref-')), 'tree');
  const git = (...args: readonly string[]): void => {
    execFileSync('git', args, { cwd: ROOT, stdio: 'ignore' });
  };
  git('worktree', 'add', '--detach', root, ref);
  try {
    symlinkSync(realpathSync(join(ROOT, 'node_modules')), join(root, 'node_modules'));
    return await work(root);
  } finally {
    git('worktree', 'remove', '--force', root);
  }
}
