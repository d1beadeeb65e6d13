import type { Guard } from './guard.ts';
import { ONCE } from './once.ts';
import { STORE } from './store.ts';
import { TOWARDS_OTHERS } from './towards-others.ts';

/** The environment variable that names the guard to a bot. */
export const WITHOUT = 'TORTURE_WITHOUT';

export const GUARDS: readonly Guard[] = [...ONCE, ...STORE, ...TOWARDS_OTHERS];

export function guardNamed(name: string): Guard | undefined {
  return GUARDS.find((guard) => guard.name === name);
}
