import { matchName } from './device-name.ts';
import { said } from './facts.ts';
import type { ChannelFact, PolicyFacts } from './facts.ts';
import { globMatches, sameWord } from './glob.ts';
import { allOf, anyOf } from './match.ts';
import type { Match } from './match.ts';
import { partyText } from '../scan/demand.ts';
import { matchParty } from './party.ts';
import { DEVICE_VALUES, RISKS } from './policy.ts';
import type { ConditionName, Conditions } from './policy.ts';
import { isOpen, windowText } from './time-window.ts';
import type { MatchedCondition } from './verdict.ts';

interface Entry {
  readonly text: string;
  readonly match: Match;
}

type Entries = readonly Entry[] | undefined;

/** How each condition is held against the facts. A condition that a rule does not have is `undefined`. */
const ENTRIES: Readonly<Record<ConditionName, (wanted: Conditions, facts: PolicyFacts) => Entries>> = {
  device: (wanted, { device }) => entries(wanted.device, (pattern) => matchName(pattern, device.name)),
  tag: (wanted, { device }) => entries(wanted.tag, (pattern) => matchTags(pattern, device.tags)),
  deviceGroup: (wanted, { device }) => entries(wanted.deviceGroup, (pattern) => matchText(pattern, device.group)),
  os: (wanted, { device }) => entries(wanted.os, (pattern) => matchText(pattern, device.os)),
  deviceValue: (wanted, { device }) =>
    entries(wanted.deviceValue, (word) => matchWord(word, device.value, DEVICE_VALUES)),
  risk: (wanted, { device }) => entries(wanted.risk, (word) => matchWord(word, device.risk, RISKS)),
  time: (wanted, { now }) =>
    wanted.time?.map((window) => ({ text: windowText(window), match: isOpen(window, now) ? 'yes' : 'no' })),
  type: (wanted, facts) => entries(wanted.type, (type) => matchWord(type, facts.type, TYPES)),
  requester: (wanted, { requester }) =>
    wanted.requester?.map((party) => ({ text: partyText(party), match: matchParty(party, requester) })),
  channel: (wanted, { channel }) => entries(wanted.channel, (id) => matchChannel(id, channel)),
};

const TYPES = ['Quick', 'Full'] as const;
const NAMES = Object.keys(ENTRIES) as readonly ConditionName[];

export interface RuleMatch {
  readonly match: Match;
  readonly conditions: readonly MatchedCondition[];
}

/** All conditions together; none at all always match. */
export function matchConditions(when: Conditions, facts: PolicyFacts): RuleMatch {
  const held = NAMES.flatMap((name) => hold(name, when, facts) ?? []);
  return {
    match: allOf(held.map(({ match }) => match)),
    conditions: held.map(({ condition, match, found }) => ({
      condition,
      known: match !== 'unknown',
      entries: found.filter((entry) => entry.match === match).map(({ text }) => text),
    })),
  };
}

interface Held {
  readonly condition: ConditionName;
  readonly match: Match;
  readonly found: readonly Entry[];
}

function hold(name: ConditionName, when: Conditions, facts: PolicyFacts): Held | undefined {
  const found = ENTRIES[name](when, facts);
  return found === undefined ? undefined : { condition: name, match: anyOf(found.map(({ match }) => match)), found };
}

function entries<Word extends string>(wanted: readonly Word[] | undefined, match: (word: Word) => Match): Entries {
  return wanted?.map((text) => ({ text, match: match(text) }));
}

function matchText(pattern: string, actual: string | undefined): Match {
  const text = said(actual);
  if (text === undefined) return 'unknown';
  return globMatches(pattern, text) ? 'yes' : 'no';
}

function matchTags(pattern: string, tags: readonly string[] | undefined): Match {
  if (tags === undefined) return 'unknown';
  return tags.some((tag) => globMatches(pattern, tag.trim())) ? 'yes' : 'no';
}

/** A word that nobody knows could mean any of them. */
function matchWord(wanted: string, actual: string | undefined, words: readonly string[]): Match {
  const word = words.find((known) => sameWord(known, actual?.trim() ?? ''));
  if (word === undefined) return 'unknown';
  return word === wanted ? 'yes' : 'no';
}

function matchChannel(id: string, channel: ChannelFact): Match {
  if (channel === 'unknown') return 'unknown';
  return channel !== 'none' && channel.id === id ? 'yes' : 'no';
}
