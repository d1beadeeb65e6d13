import { circle, line, polygon, stroke, union } from './distance.ts';
import type { Point, Shape } from './distance.ts';

/** The one drawing behind both icons, in a field from -1 to 1: a shield, and a lens held over what it guards. */
export const shield: Shape = polygon(shieldEdge());

const LENS: Point = [-0.071, -0.142];
const RIM = 0.33;

/** The magnifier, drawn with a pen of this width. */
export function magnifier(width: number): Shape {
  return union(stroke(circle(LENS, RIM), width), line(onRim(45, 0), onRim(45, 0.29), width * 1.15));
}

/** What the lens found. */
export function finding(radius: number): Shape {
  return circle(LENS, radius);
}

/** Rings spreading from the lens, as on a radar screen. */
export function rings(radii: readonly number[], width: number): Shape {
  return union(...radii.map((radius) => stroke(circle(LENS, radius), width)));
}

function onRim(degrees: number, beyond: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [LENS[0] + Math.cos(angle) * (RIM + beyond), LENS[1] + Math.sin(angle) * (RIM + beyond)];
}

function shieldEdge(): readonly Point[] {
  const right = [
    ...curve([0, -1], [0.28, -0.8], [0.78, -0.74]),
    ...curve([0.78, -0.74], [0.78, -0.2], [0.78, -0.04]),
    ...curve([0.78, -0.04], [0.76, 0.62], [0, 1]),
  ];
  const left = right.map(([x, y]): Point => [-x, y]).reverse();
  return [...right, [0, 1], ...left];
}

/** A quadratic curve; its end is the start of the next one. */
function curve(from: Point, by: Point, to: Point): readonly Point[] {
  const steps = 16;
  return Array.from({ length: steps }, (_, index): Point => {
    const t = index / steps;
    const at = (axis: 0 | 1): number => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * by[axis] + t ** 2 * to[axis];
    return [at(0), at(1)];
  });
}
