import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const PLACES = /^(src|test|manifest|infra|deploy|observability|torture|bench|cards|docs|\.ci)\/[\w./-]*$/;
/** Made by the commands that the text is about. */
const MADE = new Set(['bench/results.md']);

function read(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

/** As GitHub names the place of a heading. */
function anchorsIn(text: string): ReadonlySet<string> {
  const headings = all(text.replace(/```[\s\S]*?```/g, ''), /^#+ (.+)$/gm);
  return new Set(
    headings.map((one) =>
      one
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

for (const name of DOCUMENTS) {
  describe(name, () => {
    const text = read(name);

    it('links only to what is there', () => {
      const links = all(text, /\]\(([^)\s]+)\)/g).filter((link) => !/^https?:/.test(link));
      const missing = links.filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? name : join(dirname(name), file);
        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && !anchorsIn(read(target)).has(anchor);
      });
      assert.deepEqual(missing, []);
    });

    it('names only files and folders that there are', () => {
      const named = all(text, /`([^`\n]+)`/g).filter((code) => PLACES.test(code) && !MADE.has(code));
      assert.deepEqual(
        named.filter((file) => !existsSync(join(ROOT, file))),
        [],
      );
    });

    it('names only npm scripts that there are', () => {
      const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
      const run = all(text, /npm run (?:--silent )?([a-z][a-z:]*)/g);
      assert.deepEqual(
        run.filter((script) => !(script in scripts)),
        [],
      );
    });
  });
}
