import type { Pen } from '../cards/pen.ts';

/** Why Teams could not sign somebody in, as its clients report it; the last three are our own. */
const CODES = [
  'installappfailed',
  'installedappnotfound',
  'authrequestfailed',
  'invokeerror',
  'resourcematchfailed',
  'oauthcardnotvalid',
  'tokenmissing',
  'cancelled',
  'no-answer',
  'sign-out',
] as const;

export function signInFailedLine(code: string, pen: Pen): string {
  const known = CODES.find((one) => one === code.toLowerCase()) ?? 'other';
  return pen.t(`sign-in-failed.${known}`, { code });
}
