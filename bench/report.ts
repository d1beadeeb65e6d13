import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pinning } from './measure/cores.ts';
import { machine } from './measure/machine.ts';
import { table } from './measure/table.ts';
import type { Findings } from './part.ts';

const ROOT = resolve(import.meta.dirname, '..');
const README = resolve(ROOT, 'README.md');
const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];

/** Everything that was found, as Markdown. */
export function report(all: readonly Findings[]): string {
  const date = new Date().toISOString().slice(0, 10);
  const { dependencies } = JSON.parse(readFileSync(resolve(ROOT, 'bench/package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  const head = [`${date}: ${machine()}; ${pinning()}. ${versions.join(', ')}.`];
  const parts = all.flatMap(({ title, lines }) => ['', `### ${title}`, '', ...lines]);
  return [...head, ...parts, ...goalLines(all)].join('\n');
}

function goalLines(all: readonly Findings[]): readonly string[] {
  const rows = all.flatMap(({ title, goals }) =>
    goals.map(({ what, is, met }) => [title, what, is, met ? 'met' : 'missed']),
  );
  return rows.length === 0 ? [] : ['', '### Goals', '', ...table(['Part', 'Goal', 'Is', ''], rows)];
}

/** The results, and the curve beside them. */
export function keep(text: string, all: readonly Findings[]): void {
  writeFileSync(resolve(ROOT, 'bench/results.md'), `# What the benchmark has found\n\n${text}\n`);
  const svg = all.find((findings) => findings.svg !== undefined)?.svg;
  if (svg !== undefined) writeFileSync(resolve(ROOT, 'bench/curve.svg'), svg);
}

/** What stands between the two marks of the README gives way to this. */
export function putIntoReadme(text: string): void {
  const readme = readFileSync(README, 'utf8');
  writeFileSync(README, between(readme, text));
}

export function between(readme: string, text: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`The README has no ${BEGIN} … ${END}.`);
  return `${readme.slice(0, from)}${BEGIN}\n\n${text}\n\n${readme.slice(to)}`;
}
