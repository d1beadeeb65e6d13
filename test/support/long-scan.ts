import assert from 'node:assert/strict';
import { USUAL_PACE } from '../../src/sandbox/defender/stand-in-action.ts';
import { DAY, MINUTE } from '../../src/scan/time.ts';
import { House } from './house.ts';
import { moment, Scene } from './scene.ts';
import type { Wish } from './scene.ts';

export const ACCEPTED = 'Accepted, not confirmed yet (Succeeded)';
export const NOT_SHOWN = 'Accepted, not confirmed (Succeeded)';
const STEP = 45 * MINUTE;
export const FINISHED = 'Scan finished: Succeeded';

/** A house in which scans take as long as in life. */
export function houseOfLongScans(env: Record<string, string> = {}): Promise<House> {
  return House.open(env, USUAL_PACE);
}

/** A scan up to the word Succeeded, half a minute after its start. */
export async function accepted(house: House, wish: Wish = {}, title = ACCEPTED): Promise<Scene> {
  const scene = new Scene(house, wish);
  await scene.starts();
  await scene.comesTo(title);
  return scene;
}

/** Time passes in steps until the card says this. */
export async function comesTo(scene: Scene, title: string, step: number, most: number): Promise<void> {
  for (let passed = 0; passed <= most; passed += step) {
    if (scene.titles().at(-1) === title) return;
    await lets(scene.house, step);
  }
  assert.fail(`${most / MINUTE} minutes passed without "${title}": ${scene.titles().join(' | ')}`);
}

/** Days pass: in steps that an access token outlives. */
export async function daysPass(house: House, days: number): Promise<void> {
  for (let passed = 0; passed < days * DAY; passed += STEP) await lets(house, STEP);
}

/** So much time passes at once, with a while for the calls that this makes due. */
async function lets(house: House, ms: number): Promise<void> {
  house.clock.advance(ms);
  for (let moments = 0; moments < 4; moments += 1) await moment();
}

/** Until the requester has been mentioned so often in the thread. */
export async function mentioned(scene: Scene, times: number): Promise<string> {
  for (let tries = 0; tries < 200 && scene.mentions().length < times; tries += 1) await moment();
  assert.equal(scene.mentions().length, times, scene.mentions().join('\n---\n'));
  return scene.mentions().at(-1) ?? '';
}
