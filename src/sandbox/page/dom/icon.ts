const SVG = 'http://www.w3.org/2000/svg';

/** Drawn for this page on a field of 20 by 20, in lines. */
const DRAWINGS = {
  alert: 'M10 3.2 18 16.8H2zM10 8.4v3.6M10 14.3v.2',
  arrowDown: 'M10 4v12M5 11l5 5 5-5',
  arrowRight: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  bulb: 'M10 2.8a5.2 5.2 0 0 0-3 9.4c.6.5 1 1.1 1 1.8h4c0-.7.4-1.3 1-1.8a5.2 5.2 0 0 0-3-9.4zM8.3 16.9h3.4',
  channel: 'M7.8 3.2 6 16.8M14 3.2l-1.8 13.6M3.6 7.3h13.2M3.2 12.7h13.2',
  chat: 'M10 3.2a6.8 6.8 0 1 1-3.3 12.7L3.2 16.8l.9-3.5A6.8 6.8 0 0 1 10 3.2zM7 8.8h6M7 11.4h4',
  check: 'm4.2 10.4 3.8 3.8 7.8-8.4',
  chevronDown: 'm5.5 8 4.5 4.5L14.5 8',
  chevronRight: 'm8 5.5 4.5 4.5L8 14.5',
  close: 'm5 5 10 10M15 5 5 15',
  compose:
    'M9.5 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16h9a1.5 1.5 0 0 0 1.5-1.5v-4M8 12l.6-2.6L15.3 2.7a1.2 1.2 0 0 1 1.9 1.9L10.6 11.4z',
  contrast: 'M10 3a7 7 0 1 1 0 14zM10 3a7 7 0 0 0 0 14',
  copy: 'M7.5 7.5V4.8c0-.7.6-1.3 1.3-1.3h6.4c.7 0 1.3.6 1.3 1.3v6.4c0 .7-.6 1.3-1.3 1.3h-2.7M4.8 7.5h6.4c.7 0 1.3.6 1.3 1.3v6.4c0 .7-.6 1.3-1.3 1.3H4.8c-.7 0-1.3-.6-1.3-1.3V8.8c0-.7.6-1.3 1.3-1.3z',
  drill:
    'M7.5 4H5.3A1.3 1.3 0 0 0 4 5.3v10.4A1.3 1.3 0 0 0 5.3 17h9.4a1.3 1.3 0 0 0 1.3-1.3V5.3A1.3 1.3 0 0 0 14.7 4h-2.2M7.5 2.8h5v2.7h-5zM7.2 11.3l2 2 3.7-4',
  error: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6.4v4.4M10 13.3v.2',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 7.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 9.2v4.4M10 6.5v.2',
  key: 'M12.8 3.2a4 4 0 1 1-3.5 5.9L3.2 15.2v2h2.6v-2h2v-2l2.3-2.3M13.7 6.2v.1',
  laptop: 'M4.8 4.5h10.4c.4 0 .8.4.8.8v7.2H4V5.3c0-.4.4-.8.8-.8zM2.3 15.3h15.4',
  list: 'M7 5.5h10M7 10h10M7 14.5h10M3.3 5.5h.2M3.3 10h.2M3.3 14.5h.2',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  moon: 'M15.8 12.3A6.6 6.6 0 0 1 7.7 4.2a6.6 6.6 0 1 0 8.1 8.1z',
  panel:
    'M4.3 4h11.4c.7 0 1.3.6 1.3 1.3v9.4c0 .7-.6 1.3-1.3 1.3H4.3c-.7 0-1.3-.6-1.3-1.3V5.3C3 4.6 3.6 4 4.3 4zM12 4v12',
  people:
    'M7.5 4.2a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2zM2.8 15.8c0-2.6 1.9-4 4.7-4s4.7 1.4 4.7 4M13.3 5a2.2 2.2 0 0 1 0 4.3M14.3 11.9c1.9.3 3.1 1.6 3.1 3.9',
  reply: 'M8 5 3.5 9.5 8 14M3.8 9.5h7.7a5 5 0 0 1 5 5v.8',
  reset: 'M4.2 8.2A6.3 6.3 0 1 1 3.7 11M4 4.2v4h4',
  screen: 'M3.3 4.5h13.4v9H3.3zM7 16.5h6M10 13.5v3',
  send: 'M3.5 16.8 17.3 10 3.5 3.2l2 6.8zM5.5 10h6',
  server: 'M4.5 3.5h11v5.5h-11zM4.5 11h11v5.5h-11zM7 6.2h.1M7 13.7h.1M10 6.2h3M10 13.7h3',
  shield: 'M10 2.8c1.8 1.4 3.9 2 6 2.1v5c0 3.5-2.3 6-6 7.3-3.7-1.3-6-3.8-6-7.3v-5c2.1-.1 4.2-.7 6-2.1z',
  sleep: 'M4 5h5l-5 6h5M11.5 9.5h4.5l-4.5 5.5H16',
  sliders:
    'M3 6h7.5M14.5 6H17M3 14h2.5M9.5 14H17M12.5 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM7.5 12a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2.5v1.3M10 16.2v1.3M2.5 10h1.3M16.2 10h1.3M4.7 4.7l.9.9M14.4 14.4l.9.9M4.7 15.3l.9-.9M14.4 5.6l.9-.9',
  window:
    'M8.5 4H5.3A1.3 1.3 0 0 0 4 5.3v9.4A1.3 1.3 0 0 0 5.3 16h9.4a1.3 1.3 0 0 0 1.3-1.3v-3.2M11.5 3.5h5v5M16.3 3.7 9.5 10.5',
} as const;

export type IconName = keyof typeof DRAWINGS;

/** A picture without a name of its own: what it stands for is said beside it. */
export function icon(name: IconName, size = 20): SVGElement {
  const svg = drawing(size, 20);
  svg.append(path(DRAWINGS[name]));
  svg.classList.add('icon');
  return svg;
}

/** The bot's face: the shield and the lens of its app icon. */
export function botFace(size: number): SVGElement {
  const svg = drawing(size, 32);
  svg.classList.add('bot-face');
  svg.append(
    path('M16 5.5c2.6 2 5.7 3 9 3.1v7.5c0 5.1-3.5 8.6-9 10.4-5.5-1.8-9-5.3-9-10.4V8.6c3.3-.1 6.4-1.1 9-3.1z', 'shield'),
    path('M15 10.6a4.1 4.1 0 1 1 0 8.2 4.1 4.1 0 0 1 0-8.2zM18.2 18l3.5 3.6', 'lens'),
    path('M15 13.3a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8z', 'finding'),
  );
  return svg;
}

function drawing(size: number, field: number): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    viewBox: `0 0 ${field} ${field}`,
    width: size,
    height: size,
    'aria-hidden': 'true',
    focusable: 'false',
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  return svg;
}

function path(d: string, name = ''): SVGElement {
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', d);
  if (name !== '') line.setAttribute('class', name);
  return line;
}
