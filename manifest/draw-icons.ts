import { writeFileSync } from 'node:fs';
import { colourIcon, outlineIcon } from './icons/icons.ts';
import { pngOf } from './icons/png.ts';

// Run by hand after a change of the drawing: node manifest/draw-icons.ts
writeFileSync(new URL('color.png', import.meta.url), pngOf(colourIcon()));
writeFileSync(new URL('outline.png', import.meta.url), pngOf(outlineIcon()));
