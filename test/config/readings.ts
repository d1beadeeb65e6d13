import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import type { Fault } from '../../src/config/environment.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The least that starts the bot. */
export const READY = {
  MicrosoftAppId: 'aaaaaaaa-0000-4000-8000-000000000001',
  MicrosoftAppTenantId: 'bbbbbbbb-0000-4000-8000-000000000002',
  MicrosoftAppPassword: 'k~8Q.very-secret',
} as const;

export function faultsOf(values: Variables): readonly Fault[] {
  const reading = readConfig(values);
  return reading.ok ? [] : reading.faults;
}

export function faultyVariables(values: Variables): readonly string[] {
  return faultsOf(values).map((fault) => fault.variable);
}

/** The configuration of a bot that starts, with its warnings. */
export function started(more: Variables = {}): { readonly config: Config; readonly warnings: readonly string[] } {
  const reading = readConfig({ ...READY, ...more });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading;
}
