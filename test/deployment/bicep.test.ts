import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import type { Node } from 'web-tree-sitter';
import { VARIABLES } from '../../src/config/variables.ts';

const FILE = resolve(import.meta.dirname, '../../infra/main.bicep');
const GRAMMAR = join(
  dirname(createRequire(import.meta.url).resolve('tree-sitter-bicep/package.json')),
  'tree-sitter-bicep.wasm',
);
const text = readFileSync(FILE, 'utf8');

function all(node: Node, type: string): readonly Node[] {
  return node.descendantsOfType(type);
}

describe('the Bicep template', () => {
  let root: Node;

  before(async () => {
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(await Language.load(GRAMMAR));
    root = parser.parse(text)?.rootNode ?? assert.fail('not parsed');
  });

  it('is Bicep', () => {
    assert.equal(root.hasError, false);
  });

  it('uses every parameter and every resource that it refers to', () => {
    const params = all(root, 'parameter_declaration').map((node) => node.namedChild(0)?.text ?? '');
    assert.ok(params.length > 5);
    for (const name of params) assert.ok(text.split(new RegExp(`\\b${name}\\b`)).length > 2, `${name} is not used`);
  });

  it('marks what is secret', () => {
    const secret = /(secret|password)/i;
    const params = text.matchAll(/((?:^@.*\n)*)^param (\w+)/gm);
    for (const [, marks = '', name = ''] of params) assert.equal(marks.includes('@secure()'), secret.test(name), name);
  });

  it('sets only variables that the bot knows', () => {
    const [, env = ''] = /env: \[([^\]]+)\]/.exec(text) ?? [];
    const names = [...env.matchAll(/name: '([^']+)'/g)].map(([, name]) => name ?? '');
    assert.ok(names.includes('MicrosoftAppId'));
    for (const name of names) assert.ok((VARIABLES as readonly string[]).includes(name), name);
  });

  it('gives the bot no secret but the address of its database', () => {
    const [, secrets = ''] = /secrets: \[(.+)\]/.exec(text) ?? [];
    assert.equal([...secrets.matchAll(/name: '/g)].length, 1);
    assert.match(secrets, /keyVaultUrl/);
  });
});
