import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { ENDINGS, FAULTS, SIGN_IN_FAILURES, TURNED_AWAY, TURNS } from './words.ts';

/** An answer to a press must come within three seconds. */
const QUICK = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];
const SLOW = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From the blink of an eye to a day on which Teams was away. */
const LONG = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86_400];

interface Counted {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly words: readonly string[];
}

function counter(registry: Registry, { name, help, label, words }: Counted): Counter {
  const made = new Counter({ name: `scanbot_${name}_total`, help, labelNames: [label], registers: [registry] });
  for (const word of words) made.inc({ [label]: word }, 0);
  return made;
}

export type Counters = Readonly<
  Record<'turns' | 'refused' | 'faults' | 'policyReloads' | 'signInFailures' | 'requests' | 'ended', Counter>
>;

export function counters(registry: Registry): Counters {
  const count = (name: string, help: string, label: string): ((words: readonly string[]) => Counter) => {
    return (words) => counter(registry, { name, help, label, words });
  };
  return {
    turns: count('turns', 'Activities taken, by what they were', 'kind')(TURNS),
    refused: count('refused', 'Activities turned away at the door, by reason', 'why')(TURNED_AWAY),
    faults: count('faults', 'Unexpected faults, each logged once with a reference', 'where')(FAULTS),
    policyReloads: count(
      'policy_reloads',
      'Times that the policy file was read again, by what came of it; a failed one keeps the policy in force',
      'outcome',
    )(['taken', 'failed']),
    signInFailures: count(
      'sign_in_failures',
      'Times that there was no token for a person, by reason',
      'why',
    )(SIGN_IN_FAILURES),
    requests: count('requests', 'Scans that were asked for, and that were sent to Defender', 'step')(['asked', 'sent']),
    ended: count('ended', 'Requests that are over, by the result at Defender or why there was none', 'how')(ENDINGS),
  };
}

export type Histograms = Readonly<Record<'turn' | 'work' | 'call' | 'notice', Histogram>>;

export function histograms(registry: Registry): Histograms {
  const registers = [registry];
  return {
    turn: new Histogram({
      name: 'scanbot_turn_seconds',
      help: 'From an activity to its answer',
      labelNames: ['kind'],
      buckets: QUICK,
      registers,
    }),
    work: new Histogram({
      name: 'scanbot_work_seconds',
      help: 'Work on a row of the store, by what became of it',
      labelNames: ['kind', 'outcome'],
      buckets: SLOW,
      registers,
    }),
    call: new Histogram({
      name: 'scanbot_call_seconds',
      help: 'Calls to Microsoft, by service and status or failure',
      labelNames: ['service', 'outcome'],
      buckets: SLOW,
      registers,
    }),
    notice: new Histogram({
      name: 'scanbot_notice_delay_seconds',
      help: 'From writing a message down to Teams taking it',
      buckets: LONG,
      registers,
    }),
  };
}

export type Gauges = Readonly<Record<'ready' | 'queue' | 'open' | 'budget' | 'auditWaiting', Gauge>>;

export function gauges(registry: Registry): Gauges {
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `scanbot_${name}`, help, labelNames, registers: [registry] });
  return {
    ready: gauge('ready', '1 while turns are taken and the store answers'),
    queue: gauge('queue_rows', 'Rows of work: due now, later, or given up', ['kind', 'state']),
    open: gauge('open_requests', 'Requests that are not over, by stage', ['stage']),
    budget: gauge('defender_calls_left', 'Calls that the quota of Defender leaves in the running window', [
      'api',
      'window',
    ]),
    auditWaiting: gauge('audit_waiting', 'Commits whose records wait for their place in the audit'),
  };
}
