/*
 * Patterns: `*` stands for any run of characters, `?` for one; case does not count. All places in the pattern that a
 * text can have reached are followed at once, so the time is the length of the text times that of the pattern,
 * however many stars there are.
 */

export function globMatches(pattern: string, text: string): boolean {
  const glob = characters(pattern);
  return reached(glob, characters(text))[glob.length] === true;
}

/** Whether some text that begins so matches. */
export function globMayGoOn(pattern: string, beginning: string): boolean {
  return reached(characters(pattern), characters(beginning)).includes(true);
}

export function sameWord(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function characters(text: string): readonly string[] {
  return Array.from(fold(text));
}

/** For each place in the glob, whether the whole text can lead to it. */
function reached(glob: readonly string[], text: readonly string[]): readonly boolean[] {
  let places = passStars(glob, [true]);
  for (const character of text) {
    if (!places.includes(true)) return places;
    places = passStars(glob, step(glob, places, character));
  }
  return places;
}

function step(glob: readonly string[], places: readonly boolean[], character: string): boolean[] {
  const next: boolean[] = [];
  glob.forEach((wanted, place) => {
    if (places[place] !== true) return;
    if (wanted === '*') next[place] = true;
    else if (wanted === '?' || wanted === character) next[place + 1] = true;
  });
  return next;
}

/** A star may stand for nothing. */
function passStars(glob: readonly string[], places: boolean[]): boolean[] {
  glob.forEach((wanted, place) => {
    if (wanted === '*' && places[place] === true) places[place + 1] = true;
  });
  return places;
}
