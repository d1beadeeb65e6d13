import type { Shape } from './distance.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** `paint` tells the colour at a point, for gradients. */
export interface Layer {
  readonly shape: Shape;
  readonly paint: (x: number, y: number) => Colour;
  readonly opacity: number;
}

export interface Picture {
  readonly size: number;
  /** Red, green, blue and alpha of each pixel, row by row. */
  readonly pixels: Uint8Array;
}

/** Paints layers over each other; `reach` is how far the picture shows the field to each side. */
export function paint(size: number, reach: number, layers: readonly Layer[]): Picture {
  const pixels = new Uint8Array(size * size * 4);
  const pixel = (2 * reach) / size;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = (column + 0.5) * pixel - reach;
      const y = (row + 0.5) * pixel - reach;
      pixels.set(blend(layers, [x, y, pixel]), (row * size + column) * 4);
    }
  }
  return { size, pixels };
}

function blend(layers: readonly Layer[], [x, y, pixel]: readonly [number, number, number]): readonly number[] {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (const layer of layers) {
    // An edge that runs through the pixel covers it in part: that is what makes edges smooth.
    const cover = Math.min(1, Math.max(0, 0.5 - layer.shape(x, y) / pixel)) * layer.opacity;
    if (cover === 0) continue;
    const [r, g, b] = layer.paint(x, y);
    const sum = cover + alpha * (1 - cover);
    const share = cover / sum;
    red += (r - red) * share;
    green += (g - green) * share;
    blue += (b - blue) * share;
    alpha = sum;
  }
  return [red, green, blue, alpha * 255].map((value) => Math.round(value));
}

export function plain(colour: Colour): Layer['paint'] {
  return () => colour;
}

/** From the upper left corner to the lower right one. */
export function gradient(from: Colour, to: Colour, reach: number): Layer['paint'] {
  return (x, y) => {
    const t = (x + y + 2 * reach) / (4 * reach);
    const mix = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * t;
    return [mix(0), mix(1), mix(2)];
  };
}
