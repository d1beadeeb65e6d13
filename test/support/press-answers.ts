import assert from 'node:assert/strict';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Card } from '../../src/sandbox/teams/card.ts';
import { innerStatus, innerType } from '../../src/sandbox/teams/invokes.ts';
import { record } from '../../src/sandbox/teams/json.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/** The card that a press was answered with. */
export function cardIn(press: Sent): Card {
  assert.deepEqual([press.status, innerStatus(press), innerType(press)], [200, 200, CARD]);
  return record(record(press.body)['value']);
}

/** The sentence that a press was answered with. */
export function wordsIn(press: Sent): string {
  assert.deepEqual([press.status, innerStatus(press), innerType(press)], [200, 200, MESSAGE]);
  return String(record(press.body)['value']);
}
