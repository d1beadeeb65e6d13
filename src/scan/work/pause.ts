import type { Party } from '../demand.ts';
import type { Halt } from '../halt.ts';
import type { Errand } from '../errand.ts';
import type { Notice } from '../notice.ts';
import { signInMends } from '../refusal.ts';
import type { ErrandResult } from './cancel.ts';
import { saidBy } from './errand-notice.ts';
import type { ErrandParts } from './parts.ts';

const MOST_NAMES = 5;

/** An operator stops new scans, or allows them again; from the commit on nothing more is sent. */
export async function tellHalt(errand: Errand, is: Halt['is'], parts: ErrandParts): Promise<ErrandResult> {
  const { person, what } = errand;
  const standing = await parts.ruleBook.isOperator(person);
  if (standing === 'unknown') return notKnown(errand, parts);
  if (standing === 'no') return { said: await whoMay(parts) };
  const was = await parts.store.halt();
  if (is === 'resumed' && was?.is !== 'paused') return { said: { say: 'not-paused' } };
  const reason = what.command === 'pause' ? what.reason : '';
  const halt: Halt = { is, by: person.id, name: person.name, at: parts.clock.now(), reason };
  const notice: Notice = { say: 'halt', halt };
  await parts.store.commit({ halt, messages: [saidBy(errand, notice)] });
  return { said: notice };
}

/** Perhaps only their sign-in is missing. */
async function notKnown({ person }: Errand, parts: ErrandParts): Promise<ErrandResult> {
  const token = await parts.defender.accountsOf(person);
  if (!token.ok && signInMends(token.refusal)) return { refusal: token.refusal };
  return { said: { say: 'operator-unknown' } };
}

async function whoMay({ ruleBook, store }: ErrandParts): Promise<Notice> {
  const operators = ruleBook.operators();
  const met = await Promise.all(operators.filter(isPerson).map(({ id }) => store.person(id)));
  const names = met.map((person) => person?.name ?? '').filter((name) => name !== '');
  const shown = names.slice(0, MOST_NAMES);
  return { say: 'not-operator', names: shown, more: operators.length - shown.length };
}

function isPerson(party: Party): party is Extract<Party, { kind: 'person' }> {
  return party.kind === 'person';
}
