import type { Halt } from '../scan/halt.ts';
import type { PersonId, RequestId, Time } from '../scan/ids.ts';
import type { Event } from '../scan/event.ts';
import type { Write } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { contentOf, deviceOf } from '../scan/scan-request.ts';

/** Something about a person, or in their words. It stands beside the chain; the chain itself has its seal only. */
export interface PersonalField {
  readonly field: string;
  readonly text: string;
  /** Whom it is about, or whose words these are: forgotten with them. Empty when we do not know. */
  readonly person: PersonId | '';
}

export type Actor = 'person' | 'bot' | 'defender' | 'operator';

/** One line of the audit before it has its place in the chain. The facts are ids, kinds, numbers and codes. */
export interface AuditLine {
  readonly at: Time;
  /** Empty when it is about no request. */
  readonly request: RequestId | '';
  readonly who: Actor;
  readonly what: string;
  readonly facts: Event['facts'];
  readonly personal: readonly PersonalField[];
}

type Move = NonNullable<Write['move']>;

/** What of a write the audit keeps: its events, each with where the request then stands and what is new of it. */
export function linesOf(write: Pick<Write, 'events' | 'move' | 'begins' | 'halt'>): readonly AuditLine[] {
  const { events = [], move, begins, halt } = write;
  const begun = begins && { before: undefined, after: begins };
  const lines = events.map((event, index) => {
    const about = [move, begun].find((one) => isAbout(event, one));
    return lineOf(event, about, index === 0 || about === begun);
  });
  return halt === undefined ? lines : [...lines, haltLine(halt)];
}

function haltLine({ is, by, name, at, reason }: Halt): AuditLine {
  const told = Object.entries({ who: by, name, reason }).map(([field, text]) => ({ field, text, person: by }));
  return { at, request: '', who: 'person', what: `new scans ${is}`, facts: {}, personal: onePerField(told) };
}

function isAbout(event: Event, move: Move | undefined): boolean {
  return move?.after.id === event.request;
}

function lineOf(event: Event, move: Move | undefined, tellsNews: boolean): AuditLine {
  const { request, at, who, what, facts } = event;
  const person = personIn(who);
  const own = person === undefined ? [] : [{ field: 'who', text: person, person }];
  const author: PersonalField['person'] = person ?? move?.after.requester.id ?? '';
  const said = Object.entries(event.personal ?? {}).map(([field, text]) => ({ field, text, person: author }));
  const news = move === undefined || !tellsNews ? [] : newsOf(move);
  return {
    at,
    request,
    who: person === undefined ? (who as Actor) : 'person',
    what,
    facts: { ...(move === undefined ? {} : standOf(move.after)), ...facts },
    personal: onePerField([...news, ...said, ...own]),
  };
}

function personIn(who: Event['who']): PersonId | undefined {
  return who === 'bot' || who === 'defender' ? undefined : who;
}

/** The last one of each name. */
function onePerField(fields: readonly PersonalField[]): readonly PersonalField[] {
  const told = fields.filter(({ text }) => text !== '');
  return [...new Map(told.map((one) => [one.field, one])).values()];
}

function standOf(request: ScanRequest): Event['facts'] {
  const { stage } = request;
  const device = deviceOf(request)?.id;
  const type = contentOf(request)?.type;
  const isRunning = stage.name === 'following' || stage.name === 'settled';
  const scan = isRunning ? { action: stage.scan.id, status: stage.scan.status } : {};
  return { stage: stage.name, ...(device !== undefined && { device }), ...(type !== undefined && { type }), ...scan };
}

/**
 * What the move brought into the request that the chain has not seen yet; the comment again whenever somebody approves
 * it or it is sent. The words are the requester's, whoever acts on them.
 */
function newsOf({ before, after }: Move): readonly PersonalField[] {
  const requester = after.requester.id;
  const comment = contentOf(after)?.comment;
  const isSent = after.stage.name === 'submitting' && before?.stage.name !== 'submitting';
  const isApproved = (after.approvals?.length ?? 0) > (before?.approvals?.length ?? 0);
  const isChanged = comment !== (before && contentOf(before)?.comment);
  const device = deviceOf(after);
  const isFound = device?.id !== (before && deviceOf(before)?.id);
  return [
    ...(before === undefined ? askedOf(after) : []),
    ...(device !== undefined && isFound ? [{ field: 'deviceName', text: device.name, person: requester }] : []),
    ...(comment !== undefined && (isChanged || isApproved || isSent)
      ? [{ field: 'comment', text: comment, person: requester }]
      : []),
    ...accountOf(before, after),
  ];
}

function askedOf({ requester, thread, wanted }: ScanRequest): readonly PersonalField[] {
  const asked = { name: requester.name, thread, typed: wanted.device, comment: wanted.comment ?? '' };
  return Object.entries(asked).map(([field, text]) => ({ field, text, person: requester.id }));
}

/** As whom Defender has the requester; of somebody else's scan, whom. */
function accountOf(before: ScanRequest | undefined, { stage, requester }: ScanRequest): readonly PersonalField[] {
  if (stage.name !== 'following' && stage.name !== 'settled') return [];
  if (before?.stage.name === 'following') return [];
  return [{ field: 'account', text: stage.scan.requester, person: stage.adopted ? '' : requester.id }];
}
