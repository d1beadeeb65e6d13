import { explain, outcomeText } from '../explanation.ts';
import type { DeviceFacts, PolicyFacts } from '../facts.ts';
import { judge } from '../judge.ts';
import type { Policy } from '../policy.ts';
import type { Verdict } from '../verdict.ts';
import { fitted } from './columns.ts';

const WIDTHS = [30, 30, 30, 27] as const;

/** What the policy says to both scans of each device; 120 columns wide. */
export function verdictTable(policy: Policy, facts: PolicyFacts, devices: readonly DeviceFacts[]): string {
  const rows = devices.map((device) => tableRow(policy, { ...facts, device }));
  const lines = [['Device', 'Quick', 'Full', 'Rule'], ...rows.map(({ cells }) => cells)].map(tableLine);
  const isUncertain = rows.some(({ uncertain }) => uncertain);
  const note = '? Something cannot be known, and counts against the scan. "explain" tells what.';
  return [...lines, '', `${devices.length} devices`, ...(isUncertain ? [note] : [])].join('\n');
}

interface Row {
  readonly cells: readonly string[];
  readonly uncertain: boolean;
}

function tableRow(policy: Policy, facts: PolicyFacts): Row {
  const quick = judge(policy, { ...facts, type: 'Quick' });
  const full = judge(policy, { ...facts, type: 'Full' });
  const rule = quick.rule === full.rule ? quick.rule : `${quick.rule} / ${full.rule}`;
  const cells = [facts.device.name ?? '(no name)', cell(quick), cell(full), rule];
  return { cells, uncertain: [quick, full].some(isUncertain) };
}

function cell(verdict: Verdict): string {
  return `${isUncertain(verdict) ? '? ' : ''}${outcomeText(verdict.outcome)}`;
}

function isUncertain(verdict: Verdict): boolean {
  return explain(verdict).unknown.length > 0;
}

function tableLine(cells: readonly string[]): string {
  return WIDTHS.map((width, place) => fitted(cells[place] ?? '', width))
    .join(' ')
    .trimEnd();
}
