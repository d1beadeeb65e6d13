import type { Device, ScanType } from '../../scan/device.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Closed } from '../../scan/stage.ts';
import type { WordKey } from '../language.ts';
import type { Fact } from './card-view.ts';
import { defenderWord } from './defender-word.ts';
import type { Pen } from './pen.ts';

export type FactKey = Extract<WordKey, `fact.${string}`> extends `fact.${infer Key}` ? Key : never;

export function fact(pen: Pen, key: FactKey, value: string): Fact {
  return { title: pen.t(`fact.${key}`), value: pen.name(value) };
}

/** No fact for an empty value. */
export function factIfSaid(pen: Pen, key: FactKey, value: string | undefined): readonly Fact[] {
  return value === undefined || value === '' ? [] : [fact(pen, key, value)];
}

export function deviceFacts(pen: Pen, device: Device): readonly Fact[] {
  const { lastSeen } = device;
  return [
    fact(pen, 'os', systemOf(device) || pen.words.t('fact.not-said')),
    fact(pen, 'health', defenderWord(device.health, pen.words) || pen.words.t('fact.not-said')),
    fact(pen, 'last-seen', lastSeen === undefined ? pen.words.t('fact.not-said') : pen.time(lastSeen)),
    ...(pen.look.detail === 'full' ? factIfSaid(pen, 'risk', defenderWord(device.risk, pen.words)) : []),
    fact(pen, 'device-id', device.id),
  ];
}

export function systemOf(device: Device): string {
  return [device.os, device.osVersion].filter((part) => part !== '').join(' ');
}

export function whatFacts(pen: Pen, type: ScanType | undefined, comment: string | undefined): readonly Fact[] {
  return [...factIfSaid(pen, 'type', type && pen.words.t(`type.${type}`)), ...commentFact(pen, comment ?? '')];
}

function commentFact(pen: Pen, comment: string): readonly Fact[] {
  if (comment.trim() === '') return [];
  return [{ title: pen.t('fact.comment'), value: pen.passage(comment) }];
}

export function askedFacts(pen: Pen, request: Pick<ScanRequest, 'requester' | 'askedAt'>): readonly Fact[] {
  return [fact(pen, 'requester', request.requester.name), fact(pen, 'asked', pen.time(request.askedAt))];
}

interface Said {
  readonly approvals?: ScanRequest['approvals'] & object;
  readonly declined?: Closed['declined'] & object;
}

/** What others said of a request. */
export function saidOf({ approvals, stage }: ScanRequest): Said {
  const declined = stage.name === 'closed' ? stage.declined : undefined;
  return { ...(approvals && { approvals }), ...(declined && { declined }) };
}

/** Who else said yes, and who said no. */
export function approvedFacts(pen: Pen, said: Said): readonly Fact[] {
  const { approvals = [], declined } = said;
  const given = approvals.map(({ by, at }) => ({
    title: pen.t('fact.approved-by'),
    value: pen.t('approve.by-at', { name: by.name, at: pen.time(at) }),
  }));
  if (declined === undefined) return given;
  return [...given, fact(pen, 'declined-by', declined.by.name), ...reasonFact(pen, declined.reason)];
}

function reasonFact(pen: Pen, reason: string): readonly Fact[] {
  return reason === '' ? [] : [{ title: pen.t('fact.reason'), value: pen.passage(reason) }];
}
