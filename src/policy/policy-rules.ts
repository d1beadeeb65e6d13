import { mostDevicesIn } from '../scan/decision.ts';
import type { Decision, Demanded, Forbidden, Question } from '../scan/decision.ts';
import { isAmong } from '../scan/demand.ts';
import type { Member, Party, PeopleDemand } from '../scan/demand.ts';
import type { Device, ScanType } from '../scan/device.ts';
import type { Person } from '../scan/person.ts';
import type { Clock, Groups, Store } from '../scan/ports.ts';
import type { RuleBook, Ruling } from '../scan/rule-book.ts';
import { SECOND } from '../scan/time.ts';
import { together } from './demand.ts';
import { explain } from './explanation.ts';
import { channelFact, deviceFacts } from './facts.ts';
import type { PolicyFacts } from './facts.ts';
import { judge } from './judge.ts';
import { fullLimit, roomFor } from './limits.ts';
import { asksAboutDevices, groupsAmong, groupsOfRequesters } from './policy.ts';
import type { Policy } from './policy.ts';
import { DEFAULT_RULE, settleDefault } from './verdict.ts';
import type { SettledVerdict } from './verdict.ts';

export interface PolicyRulesParts {
  /** The policy as it is now. */
  readonly policy: () => Policy;
  /** What `APPROVAL` asks for where no rule matches. */
  readonly says: PeopleDemand | undefined;
  readonly groups: Groups;
  readonly store: Pick<Store, 'halt' | 'sent'>;
  readonly clock: Clock;
}

/** A press wants its answer within three seconds: groups that are not known by then are unknown. */
const GROUPS_WITHIN = 1.5 * SECOND;
const TYPES: readonly ScanType[] = ['Quick', 'Full'];
/** Devices that the store is asked about at the same time. */
const AT_ONCE = 20;

/** Judges scans by the policy in force, the operators' word and what was sent before. */
export class PolicyRules implements RuleBook {
  readonly #parts: PolicyRulesParts;

  constructor(parts: PolicyRulesParts) {
    this.#parts = parts;
  }

  /** A type that is not chosen yet forbids only what both types forbid, and asks for what either asks for. */
  async decide(question: Question): Promise<Decision> {
    const policy = this.#parts.policy();
    const decision = await this.#byPolicy(question, policy);
    // To find out about groups takes time, in which another policy may have come, or somebody may have paused.
    if (this.#parts.policy() !== policy) return this.decide(question);
    return (await this.#paused()) ?? decision;
  }

  /** The requester's groups are asked for once. */
  async decideAll(
    question: Omit<Question, 'device' | 'request'>,
    devices: readonly Device[],
  ): Promise<readonly Decision[]> {
    const policy = this.#parts.policy();
    const member = await this.#member(question.requester, groupsOfRequesters(policy));
    const decisions: Decision[] = [];
    for (const some of portions(devices)) {
      const judged = some.map((device) => this.#judged({ ...question, device }, policy, member));
      decisions.push(...(await Promise.all(judged)));
    }
    if (this.#parts.policy() !== policy) return this.decideAll(question, devices);
    const paused = await this.#paused();
    return paused === undefined ? decisions : devices.map(() => paused);
  }

  async #paused(): Promise<Forbidden | undefined> {
    const halt = await this.#parts.store.halt();
    return halt?.is === 'paused' ? forbidden({ why: 'paused', reason: halt.reason }, DEFAULT_RULE) : undefined;
  }

  async #byPolicy(question: Question, policy: Policy): Promise<Decision> {
    return this.#judged(question, policy, await this.#member(question.requester, groupsOfRequesters(policy)));
  }

  async #judged(question: Question, policy: Policy, member: Member): Promise<Decision> {
    const types = question.type === undefined ? TYPES : [question.type];
    const verdicts = this.#verdicts(policy, { ...question, member }, types);
    const decisions = await Promise.all(verdicts.map((verdict) => this.#decision(question, verdict)));
    const demanded = decisions.filter((decision) => decision.kind === 'approvals');
    return demanded.reduce<Decision | undefined>(eitherOf, undefined) ?? first(decisions);
  }

  async explain(question: Omit<Question, 'type'>): Promise<Readonly<Record<ScanType, Ruling>>> {
    const policy = this.#parts.policy();
    const member = await this.#member(question.requester, groupsOfRequesters(policy));
    const [quick, full] = this.#verdicts(policy, { ...question, member }, TYPES);
    return { Quick: ruling(first([quick])), Full: ruling(first([full])) };
  }

  async isOperator(person: Person): Promise<'yes' | 'no' | 'unknown'> {
    const operators = this.operators();
    const member = await this.#member(person, groupsAmong(operators), operators);
    if (isAmong(operators, member)) return 'yes';
    return member.groups === 'unknown' ? 'unknown' : 'no';
  }

  looksAtDevices(): boolean {
    return asksAboutDevices(this.#parts.policy());
  }

  operators(): readonly Party[] {
    return this.#parts.policy().operators;
  }

  #verdicts(
    policy: Policy,
    { device, thread, now, member }: Omit<Question, 'type'> & { readonly member: Member },
    types: readonly ScanType[],
  ): readonly SettledVerdict[] {
    const facts = { device: deviceFacts(device), requester: member, channel: channelFact(thread), now };
    return types.map((type) => settled(policy, { ...facts, type }, this.#parts.says));
  }

  async #decision(question: Question, verdict: SettledVerdict): Promise<Decision> {
    const { outcome, rule, limits } = verdict;
    const { unknown } = explain(verdict);
    if (outcome.kind === 'refuse') {
      return { ...forbidden({ why: 'policy', reason: outcome.reason, rule, unknown }, rule), unknown };
    }
    const full = await fullLimit(question, limits, this.#parts.store);
    if (full !== undefined) return { ...forbidden(full, rule), unknown };
    const { mostDevices } = limits;
    const demanded = { kind: 'approvals', demands: outcome.demands, rule, unknown } as const;
    return { ...demanded, room: roomFor(question, limits), ...(mostDevices !== undefined && { mostDevices }) };
  }

  /** Groups are asked for only where one is named, and where being named by id is not enough already. */
  async #member(person: Person, groups: ReadonlySet<string>, enough: readonly Party[] = []): Promise<Member> {
    const known: Member = { id: person.id, groups: new Set() };
    if (groups.size === 0 || isAmong(enough, known)) return known;
    return { id: person.id, groups: await this.#groupsOf(person, groups) };
  }

  #groupsOf(person: Person, groups: ReadonlySet<string>): Promise<ReadonlySet<string> | 'unknown'> {
    return new Promise((resolve, reject) => {
      const stop = this.#parts.clock.after(GROUPS_WITHIN, () => {
        resolve('unknown');
      });
      this.#parts.groups.groupsOf(person, groups).then(resolve, reject).finally(stop);
    });
  }
}

function portions(devices: readonly Device[]): readonly (readonly Device[])[] {
  const count = Math.ceil(devices.length / AT_ONCE);
  return Array.from({ length: count }, (_, place) => devices.slice(place * AT_ONCE, (place + 1) * AT_ONCE));
}

function settled(policy: Policy, facts: PolicyFacts, says: PeopleDemand | undefined): SettledVerdict {
  return settleDefault(judge(policy, facts), says);
}

function forbidden(reason: Forbidden['reason'], rule: string): Forbidden {
  return { kind: 'refuse', reason, rule };
}

/** What either of two asks for; the rule that is named is the one that asks for more. */
function eitherOf(one: Decision | undefined, other: Demanded): Demanded {
  if (one?.kind !== 'approvals') return other;
  const [lead, second] = weight(other) > weight(one) ? [other, one] : [one, other];
  const mostDevices = mostDevicesIn([lead, second]);
  return {
    ...lead,
    demands: together([...lead.demands, ...second.demands]),
    unknown: [...new Set([...(lead.unknown ?? []), ...(second.unknown ?? [])])],
    room: [...(lead.room ?? []), ...(second.room ?? [])],
    ...(mostDevices !== undefined && { mostDevices }),
  };
}

function weight({ demands }: Demanded): number {
  return Math.max(0, ...demands.map(({ needed }) => needed));
}

function ruling(verdict: SettledVerdict): Ruling {
  const { rule, isDefault, limits, unknown } = explain(verdict);
  return { rule: isDefault ? undefined : rule, asks: verdict.outcome, limits, unknown };
}

function first<T>([one]: readonly (T | undefined)[]): T {
  if (one === undefined) throw new Error('There is a verdict for each type.');
  return one;
}
