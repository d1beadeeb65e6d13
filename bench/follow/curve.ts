import { quantile } from '../measure/statistics.ts';
import type { Followings } from './follow.ts';

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 70;
const RIGHT = 200;
const TOP = 30;
const BOTTOM = 50;
const COLOURS = ['#1f6feb', '#2da44e', '#8250df', '#bf8700', '#cf222e'];
const DECADES = [1, 10, 100, 1000, 10_000, 100_000];

/** How late a notice comes (p95) as scans grow in number: both scales go by tens. */
export function curve(followings: readonly Followings[]): string {
  const names = [...new Set(followings.map(({ name }) => name))];
  const marks = [100, 1000, 10_000].map((scans) =>
    text(x(scans), HEIGHT - BOTTOM + 20, { words: `${scans} scans`, anchor: 'middle' }),
  );
  const grid = DECADES.map((seconds) => gridLine(seconds));
  const lines = names.map((name, nth) =>
    line(
      followings.filter((one) => one.name === name),
      name,
      nth,
    ),
  );
  const title = text(LEFT, 18, { words: 'Seconds from the end of a scan to its notice, 95 of 100', anchor: 'start' });
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">`;
  const ground = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`;
  return `${[open, ground, title, ...grid, ...marks, ...lines, '</svg>'].join('\n')}\n`;
}

function x(scans: number): number {
  return LEFT + ((Math.log10(scans) - 2) / 2) * (WIDTH - LEFT - RIGHT);
}

function y(seconds: number): number {
  return HEIGHT - BOTTOM - (Math.log10(Math.max(1, seconds)) / 5) * (HEIGHT - TOP - BOTTOM);
}

function gridLine(seconds: number): string {
  const rule = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(seconds)}" y2="${y(seconds)}" stroke="#d0d7de"/>`;
  return rule + text(LEFT - 6, y(seconds) + 4, { words: String(seconds), anchor: 'end' });
}

function line(followings: readonly Followings[], name: string, nth: number): string {
  const colour = COLOURS[nth % COLOURS.length] ?? '#000000';
  const points = followings.map(
    ({ scans, day }) => `${x(scans).toFixed(1)},${y(quantile(day.delays, 0.95) / 1000).toFixed(1)}`,
  );
  const drawn = `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`;
  const at = TOP + 12 + nth * 18;
  return drawn + text(WIDTH - RIGHT + 12, at, { words: name, anchor: 'start', colour });
}

interface Words {
  readonly words: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly colour?: string;
}

function text(left: number, top: number, { words, anchor, colour = '#1f2328' }: Words): string {
  const at = `x="${left.toFixed(1)}" y="${top.toFixed(1)}"`;
  return `<text ${at} text-anchor="${anchor}" fill="${colour}">${words}</text>`;
}
