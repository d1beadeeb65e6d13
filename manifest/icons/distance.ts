/** How far a point is from a shape: negative inside, zero on its edge, positive outside. */
export type Shape = (x: number, y: number) => number;
export type Point = readonly [x: number, y: number];

export function circle([cx, cy]: Point, radius: number): Shape {
  return (x, y) => Math.hypot(x - cx, y - cy) - radius;
}

/** A line with round ends. */
export function line(from: Point, to: Point, width: number): Shape {
  return (x, y) => distanceToSegment([x, y], from, to) - width / 2;
}

export function polygon(points: readonly Point[]): Shape {
  const edges = points.map((point, index) => [point, points[(index + 1) % points.length] ?? point] as const);
  return (x, y) => {
    const point = [x, y] as const;
    let distance = Infinity;
    let inside = false;
    for (const [from, to] of edges) {
      distance = Math.min(distance, distanceToSegment(point, from, to));
      if (crosses(point, from, to)) inside = !inside;
    }
    return inside ? -distance : distance;
  };
}

/** The edge of a shape, drawn with a pen. */
export function stroke(shape: Shape, width: number): Shape {
  return (x, y) => Math.abs(shape(x, y)) - width / 2;
}

export function union(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
}

export function both(one: Shape, other: Shape): Shape {
  return (x, y) => Math.max(one(x, y), other(x, y));
}

export function without(shape: Shape, hole: Shape): Shape {
  return (x, y) => Math.max(shape(x, y), -hole(x, y));
}

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.sqrt((x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2);
}

/** Whether a ray from the point to the right meets the edge. */
function crosses([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): boolean {
  return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
}
