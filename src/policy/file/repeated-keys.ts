import type { Step } from './fault.ts';

interface Frame {
  /** Of an object: those met so far. */
  readonly keys: Set<string> | undefined;
  step: Step;
  awaitsKey: boolean;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/**
 * Where a valid JSON text names a key twice in one object. JSON.parse keeps the last and forgets the others, which
 * would let half of a condition vanish without a word.
 */
export function repeatedKeys(json: string): readonly (readonly Step[])[] {
  const frames: Frame[] = [];
  const repeated: Step[][] = [];
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') frames.push(opened(token));
    else if (token === '}' || token === ']') frames.pop();
    else if (isRepeated(frames.at(-1), token)) repeated.push(frames.map(({ step }) => step));
  }
  return repeated;
}

function opened(token: '{' | '['): Frame {
  return token === '{'
    ? { keys: new Set(), step: '', awaitsKey: true }
    : { keys: undefined, step: 0, awaitsKey: false };
}

/** Takes one token within a frame, and tells whether it is a key that was there before. */
function isRepeated(frame: Frame | undefined, token: string): boolean {
  if (frame === undefined || token === ':') return false;
  if (token === ',') {
    if (typeof frame.step === 'number') frame.step += 1;
    frame.awaitsKey = frame.keys !== undefined;
    return false;
  }
  if (!frame.awaitsKey || frame.keys === undefined) return false;
  const key = JSON.parse(token) as string;
  const wasThere = frame.keys.has(key);
  frame.keys.add(key);
  frame.step = key;
  frame.awaitsKey = false;
  return wasThere;
}
