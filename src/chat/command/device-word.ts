import { withoutTrailing } from './word-shape.ts';

/** As long as a DNS name can be. */
const LONGEST_NAME = 253;
const NAME = /^[\p{L}\p{M}\p{N}_.-]+$/u;
const HOST = /^[a-z][a-z0-9+.-]{0,15}:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i;

/** The device that a bare word names, or nothing when it cannot be one. */
export function deviceWord(word: string): string | undefined {
  const host = HOST.exec(word)?.[1];
  const name = withoutTrailing(host ?? afterDomain(word), ".'*~-/\\");
  return name.length <= LONGEST_NAME && NAME.test(name) ? name : undefined;
}

/** In quotes a name may hold anything. */
export function quotedDevice(text: string): string | undefined {
  const name = HOST.exec(text)?.[1] ?? text;
  return name.length <= LONGEST_NAME ? name : undefined;
}

/** Windows writes `DOMAIN\NAME`, Defender only the name. */
function afterDomain(word: string): string {
  const bare = withoutTrailing(word, '\\');
  return bare.slice(bare.lastIndexOf('\\') + 1);
}
