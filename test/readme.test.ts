import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CLOUDS, REGIONS } from '../src/config/clouds.ts';
import { VARIABLES } from '../src/config/variables.ts';

const ROOT = new URL('../', import.meta.url);
const README = read('README.md');
const EXAMPLE = read('.env.example');
const SORTED = [...VARIABLES].sort();
/** Read by Node itself or met on the way, not by our configuration. */
const NOT_OURS = new Set(['NODE_EXTRA_CA_CERTS', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);

function read(name: string): string {
  return readFileSync(new URL(name, ROOT), 'utf8');
}

/** The text below a heading, up to the next heading of any rank. */
function section(heading: string): string {
  const [, after = ''] = README.split(`\n${heading}\n`);
  return after.split(/\n#+ /)[0] ?? '';
}

function firstCells(text: string): readonly string[] {
  return [...text.matchAll(/^\| ([^|]+)\|/gm)].map((match) => match[1] ?? '');
}

function inBackticks(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
}

describe('the README', () => {
  it('has every variable in its table, and no other', () => {
    const named = firstCells(section('## Configuration')).flatMap(inBackticks);
    assert.deepEqual(named.toSorted(), SORTED);
  });

  it('names no variable that nothing reads', () => {
    const words = inBackticks(README).flatMap((code) => code.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []);
    const unknown = words.filter((word) => !SORTED.some((known) => known === word) && !NOT_OURS.has(word));
    assert.deepEqual(unknown, []);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const run = [...README.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
    const plain = [...README.matchAll(/npm (start|test)\b/g)].map((match) => match[1] ?? '');
    assert.ok(run.length > 0 && plain.length > 0);
    assert.deepEqual(
      [...run, ...plain].filter((name) => !(name in scripts)),
      [],
    );
  });

  it('names every npm script, or CONTRIBUTING does', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const both = `${README}\n${read('CONTRIBUTING.md')}`;
    const named = new Set([...both.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)].map((match) => match[1]));
    assert.deepEqual(
      Object.keys(scripts).filter((name) => !named.has(name)),
      [],
    );
  });

  it('opens with the commands that everybody relies on', () => {
    const commands = firstCells(section('## First commands')).flatMap(inBackticks);
    for (const command of ['npm ci && npm run sandbox', 'npm ci && npm test', 'npm start', 'npm run check']) {
      assert.ok(commands.includes(command), command);
    }
  });

  it('shows the hosts of each cloud and the regions', () => {
    const clouds = section('### Clouds');
    for (const [name, cloud] of Object.entries(CLOUDS)) {
      const row = clouds.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
      const hosts = [
        new URL(cloud.loginUrl).host,
        new URL(cloud.defenderUrl).host,
        cloud.signInHost,
        ...cloud.serviceHosts,
      ];
      for (const host of hosts) assert.ok(row.includes(host), `${name}: ${host}`);
    }
    const row = README.split('\n').find((line) => line.startsWith('| `DEFENDER_REGION`')) ?? '';
    for (const region of REGIONS) assert.ok(row.includes(`\`${region}\``), region);
  });

  it('leads through every room of the house', () => {
    const rooms = readdirSync(new URL('src/', ROOT), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const tour = firstCells(section('## The house in five minutes')).flatMap(inBackticks);
    assert.deepEqual(
      rooms.filter(({ name }) => !tour.includes(`src/${name}/`)).map(({ name }) => name),
      [],
    );
  });

  it('draws the house as CONTRIBUTING does', () => {
    const drawn = [README, read('CONTRIBUTING.md')].map((text) => /```\n( +people in Teams[^`]+)```/.exec(text)?.[1]);
    assert.ok(drawn[0] !== undefined);
    assert.equal(drawn[1], drawn[0]);
  });

  it('points only to files that exist', () => {
    const files = inBackticks(README).filter((code) => /^(src|test|manifest|\.ci)\/[\w./-]+$/.test(code));
    const links = [...README.matchAll(/\]\((\w[\w./-]*)[#)]/g)].map((match) => match[1] ?? '');
    const missing = [...files, ...links].filter((file) => !existsSync(new URL(file, ROOT)));
    assert.deepEqual(missing, []);
  });
});

describe('the example environment', () => {
  it('has every variable once, and no other', () => {
    const named = [...EXAMPLE.matchAll(/^#?(\w+)=/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(named.toSorted(), SORTED);
  });

  it('leaves empty what is required, and sets nothing else', () => {
    assert.deepEqual(parseEnv(EXAMPLE), { MicrosoftAppId: '', MicrosoftAppTenantId: '', MicrosoftAppPassword: '' });
  });
});
