/*
 * Text for a terminal: what comes from files is made printable and kept within its column.
 */

/** Control, formatting and direction characters could steer a terminal or hide text. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

export function fitted(text: string, width: number): string {
  const letters = Array.from(printable(text));
  const short = letters.length > width ? [...letters.slice(0, width - 1), '…'] : letters;
  return short.join('') + ' '.repeat(width - short.length);
}

/** A name and its text, broken between words and hanging from its column. */
export function labelled(label: string, text: string, width: number): string {
  const indent = 12;
  const lines: string[] = [];
  for (const word of printable(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line, place) => (place === 0 ? label : '').padEnd(indent) + line).join('\n');
}
