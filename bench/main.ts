import { withCheckout } from './checkout.ts';
import { measureCost } from './cost/cost.ts';
import { measureFollowing } from './follow/follow.ts';
import { stepAside } from './measure/cores.ts';
import { PARTS, readOptions, USAGE } from './options.ts';
import type { Options, PartName } from './options.ts';
import type { Choice, Findings, Part } from './part.ts';
import { measurePress } from './press/press.ts';
import { keep, putIntoReadme, report } from './report.ts';
import { measureRestart } from './restart/restart.ts';
import { measureTurn } from './turn/turn.ts';

/*
 * What Scan Bot costs, measured beside its peers in one run on this machine.
 */

const parts: Readonly<Record<PartName, Part>> = {
  turn: measureTurn,
  press: measurePress,
  follow: measureFollowing,
  restart: measureRestart,
  cost: measureCost,
};

const CURVE = '![How late a notice comes as scans grow in number](bench/curve.svg)';

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 64;
} else await run(options);

async function run({ only, against, quick, write }: Options): Promise<void> {
  stepAside();
  const measured = await (against === undefined
    ? measure(only, { quick, against })
    : withCheckout(against, (root) => measure(only, { quick, against: { ref: against, root } })));
  const text = report(measured);
  process.stdout.write(`${text}\n`);
  // A part of it, or a comparison, is for whoever asked.
  const isWhole = only.length === PARTS.length && against === undefined && !quick;
  if (isWhole) keep(text, measured);
  if (isWhole && write) putIntoReadme(`${text}\n\n${CURVE}`);
}

async function measure(only: readonly PartName[], choice: Choice): Promise<readonly Findings[]> {
  const all: Findings[] = [];
  for (const name of only) {
    process.stderr.write(`${name} …\n`);
    all.push(await parts[name](choice));
  }
  return all;
}
