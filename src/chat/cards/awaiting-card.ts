import type { Entered } from '../../scan/message.ts';
import type { AskedOf, Awaiting } from '../../scan/approval.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { aboutFacts, aboutNotes } from './about-words.ts';
import type { ApproveFields, AwaitingFields, CardView, Fact, Note, Refresh } from './card-view.ts';
import { busyNotes, hintNotes, inputFields } from './confirm-card.ts';
import { approvedFacts, askedFacts, deviceFacts, fact, saidOf, whatFacts } from './facts.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { oddHourNotes, planFacts } from './plan-words.ts';
import { deviceName, stateHeading, stateNext, stateSummary } from './state-words.ts';
import { whoWords } from './who-words.ts';

export interface AwaitedRequest {
  readonly request: ScanRequest;
  readonly stage: Awaiting;
}

/** What everybody sees while others must approve: who asked for what, and Approve and Decline. */
export function approveCard(awaited: AwaitedRequest, look: Look): CardView {
  const { request, stage } = awaited;
  const pen = cardPen(look);
  const { type, comment } = stage.content;
  const data: ApproveFields = {
    ...shared(awaited, pen),
    facts: [
      ...planFacts(request, pen),
      ...(look.detail === 'full' ? deviceFacts(pen, stage.device) : []),
      ...whatFacts(pen, type, comment),
      ...aboutFacts(request, pen),
    ],
    next: stateNext(request, pen),
    reasonLabel: pen.t('approve.reason'),
    reasonHint: pen.t('approve.reason-hint'),
    approve: pen.t('button.approve'),
    decline: pen.t('button.decline'),
  };
  return { template: 'approve', data, summary: stateSummary(request, plainPen(look)), ...forRequester(request) };
}

/** What only the requester sees meanwhile: what they asked for, to correct or to take back. */
export function awaitingCard(awaited: AwaitedRequest, look: Look, entered?: Entered): CardView {
  const { request, stage } = awaited;
  const pen = cardPen(look);
  const data: AwaitingFields = {
    ...shared(awaited, pen),
    facts: [...planFacts(request, pen), ...deviceFacts(pen, stage.device), ...aboutFacts(request, pen)],
    ...inputFields(entered ?? { ...stage.content, faults: [] }, pen),
    next: pen.t('approve.own-next'),
    change: pen.t('button.change'),
    withdraw: pen.t('button.withdraw'),
  };
  return { template: 'awaiting', data, summary: stateSummary(request, plainPen(look)), ...forRequester(request) };
}

/** Whatever it shows: the requester's clients ask for the view with which they can change it. */
function forRequester({ id, requester }: ScanRequest): { readonly refresh?: Refresh } {
  return requester.teamsId === '' ? {} : { refresh: { request: id, userIds: [requester.teamsId] } };
}

type Shared = Pick<
  ApproveFields,
  'language' | 'fallback' | 'heading' | 'color' | 'text' | 'device' | 'notes' | 'people' | 'request' | 'rev'
>;

function shared({ request, stage }: AwaitedRequest, pen: Pen): Shared {
  const { language, fallback, heading, color, text } = stateHeading(request, pen);
  return {
    ...{ language, fallback, heading, color, text },
    device: pen.name(deviceName(request, pen)),
    notes: [
      ...oddHourNotes(request, pen),
      ...aboutNotes(request, pen),
      ...hintNotes(stage.device, pen),
      ...busyNotes(stage.busy, pen),
      ...changedNotes(stage, pen),
    ],
    people: peopleFacts(request, stage, pen),
    request: request.id,
    rev: request.rev,
  };
}

function peopleFacts(request: ScanRequest, stage: Awaiting, pen: Pen): readonly Fact[] {
  return [
    ...askedFacts(pen, request),
    ...approverFacts(stage.askedOf, pen),
    ...approvedFacts(pen, saidOf(request)),
    fact(pen, 'until', pen.time(stage.until)),
  ];
}

function approverFacts(askedOf: readonly AskedOf[], pen: Pen): readonly Fact[] {
  return askedOf.map((one) => ({ title: pen.t('fact.approval-by'), value: whoWords([one], pen) }));
}

function changedNotes({ changedAt }: Awaiting, pen: Pen): readonly Note[] {
  if (changedAt === undefined) return [];
  return [{ note: `✏️ ${pen.t('approve.changed', { at: pen.time(changedAt) })}`, noteColor: 'accent' }];
}
