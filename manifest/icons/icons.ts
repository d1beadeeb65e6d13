import { both, union, without } from './distance.ts';
import { finding, magnifier, rings, shield } from './motif.ts';
import { gradient, paint, plain } from './picture.ts';
import type { Picture } from './picture.ts';

const WHITE = [255, 255, 255] as const;
const DEEP = [11, 42, 110] as const;
const BRIGHT = [15, 138, 176] as const;
const SIGNAL = [255, 176, 32] as const;

/** Teams shows it on a tile of its own: 192 × 192, filled to the corners, the motif well inside. */
export function colourIcon(): Picture {
  const reach = 1.52;
  const ground = gradient(DEEP, BRIGHT, reach);
  const glass = magnifier(0.13);
  return paint(192, reach, [
    { shape: () => -1, paint: ground, opacity: 1 },
    { shape: rings([1.05, 1.45, 1.85, 2.25], 0.035), paint: plain(WHITE), opacity: 0.14 },
    { shape: shield, paint: plain(WHITE), opacity: 1 },
    { shape: both(rings([0.56, 0.8], 0.03), shield), paint: ground, opacity: 0.16 },
    { shape: glass, paint: ground, opacity: 1 },
    { shape: finding(0.115), paint: plain(SIGNAL), opacity: 1 },
  ]);
}

/** Teams wants 32 × 32, white on nothing. */
export function outlineIcon(): Picture {
  const border = without(shield, (x, y) => shield(x, y) + 0.142);
  const lines = union(border, magnifier(0.135), finding(0.085));
  // With this reach the sides of the shield fall on whole pixels and stay sharp.
  return paint(32, 1.1345, [{ shape: lines, paint: plain(WHITE), opacity: 1 }]);
}
