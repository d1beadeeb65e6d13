export const LONGEST_COMMENT = 4000;

export type CommentFault = 'missing' | 'too-long' | 'hidden-characters';

/** Control characters other than tab and line break, and the marks that turn reading direction round. */

const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** What is wrong with a comment, whichever way it came; `undefined` when nothing is. */
export function commentFault(comment: string): CommentFault | undefined {
  if (comment.trim() === '') return 'missing';
  if (comment.length > LONGEST_COMMENT) return 'too-long';
  if (HIDDEN.test(comment)) return 'hidden-characters';
  return undefined;
}

/** For comparing only: Defender may trim or change line ends. What is sent is never changed. */
export function sameComment(one: string, other: string): boolean {
  return normalised(one) === normalised(other);
}

function normalised(comment: string): string {
  return comment.replace(/\r\n?/g, '\n').trim();
}
