import type { Words } from '../language.ts';

/** What Defender says of devices and alerts, as its API spells it. */
const KNOWN = [
  'Active',
  'Inactive',
  'ImpairedCommunication',
  'NoSensorData',
  'NoSensorDataImpairedCommunication',
  'Unknown',
  'None',
  'Informational',
  'Low',
  'Medium',
  'High',
  'New',
  'InProgress',
  'Resolved',
  'Onboarded',
  'CanBeOnboarded',
  'Unsupported',
  'InsufficientInfo',
] as const;

/** A word of Defender's API as its portal says it to the reader; a word that is not known stays as it is. */
export function defenderWord(word: string, words: Words): string {
  const known = KNOWN.find((one) => one === word);
  return known === undefined ? word : words.t(`defender-word.${known}`);
}
