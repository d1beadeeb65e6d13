import type { Entered } from '../../scan/message.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { sameAgain } from '../../scan/again.ts';
import { canCancel } from '../../scan/following.ts';
import { deviceOf } from '../../scan/scan-request.ts';
import { aboutFacts } from './about-words.ts';
import { approveCard, awaitingCard } from './awaiting-card.ts';
import type { CardView, Fact, ScanFields } from './card-view.ts';
import { confirmCard } from './confirm-card.ts';
import { deviceLink } from './device-link.ts';
import { endFacts } from './ending-words.ts';
import { approvedFacts, askedFacts, deviceFacts, fact, factIfSaid, saidOf, whatFacts } from './facts.ts';
import { findCard } from './find-card.ts';
import { alertLines, findingsLine } from './finding-words.ts';
import type { Look } from './look.ts';
import { ownView } from './own-view.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { pickCard } from './pick-card.ts';
import { planFacts } from './plan-words.ts';
import {
  adoptedScan,
  deviceName,
  shownComment,
  shownType,
  stateHeading,
  stateToast,
  stateTrace,
} from './state-words.ts';

/** A picture of the request as it is. `entered`: what was put into the confirm card and cannot be taken like that. */
export function scanCard(request: ScanRequest, look: Look, entered?: Entered): CardView {
  const { stage } = request;
  if (stage.name === 'choosing') {
    return stage.any === undefined ? pickCard(request, stage, look) : findCard(request, stage, look, entered);
  }
  if (stage.name === 'proposed') return confirmCard({ request, stage }, look, entered);
  if (stage.name === 'awaiting') {
    const awaited = { request, stage };
    return look.role === 'requester' ? awaitingCard(awaited, look, entered) : approveCard(awaited, look);
  }
  return stateCard(request, look);
}

function stateCard(request: ScanRequest, look: Look): CardView {
  const pen = cardPen(look);
  const device = deviceOf(request);
  const data = {
    ...stateHeading(request, pen),
    device: pen.name(deviceName(request, pen)),
    facts: stateFacts(request, pen),
    found: findingsLine(request, pen),
    alerts: alertLines(request, pen).map((alert) => ({ alert })),
    trace: stateTrace(request, pen),
    link: device === undefined ? '' : deviceLink(look.portal, device.id),
    open: pen.t('button.open'),
    again: sameAgain(request) === undefined ? '' : pen.t('button.again'),
    ...queueButtons(request, pen),
    cancel: canCancel(request) ? pen.t('button.cancel') : '',
    stopSchedule: request.stage.name === 'scheduled' ? pen.t('button.stop-schedule') : '',
  };
  return { template: 'scan', data, summary: stateToast(request, plainPen(look)), ...ownView(request, look) };
}

/** While another request has the device: follow that one, or take this one back. */
function queueButtons(request: ScanRequest, pen: Pen): Pick<ScanFields, 'follow' | 'withdraw' | 'request' | 'rev'> {
  const { id, rev, stage } = request;
  const isQueued = stage.name === 'queued';
  return {
    follow: isQueued && stage.then === 'run' ? pen.t('button.follow') : '',
    withdraw: isQueued ? pen.t('button.withdraw') : '',
    request: id,
    rev,
  };
}

/** Device, what, who, when: in this order on every card. */
function stateFacts(request: ScanRequest, pen: Pen): readonly Fact[] {
  const device = deviceOf(request);
  return [
    ...planFacts(request, pen),
    ...(device !== undefined && pen.look.detail === 'full' ? deviceFacts(pen, device) : []),
    ...whatFacts(pen, shownType(request), shownComment(request, pen)),
    ...aboutFacts(request, pen),
    ...factIfSaid(pen, 'started-by', adoptedScan(request)?.requester),
    ...askedFacts(pen, request),
    ...approvedFacts(pen, saidOf(request)),
    ...timeFacts(request, pen),
  ];
}

function timeFacts(request: ScanRequest, pen: Pen): readonly Fact[] {
  const { stage } = request;
  switch (stage.name) {
    case 'asked':
      return stage.waitsForSignIn ? [fact(pen, 'sign-in-until', pen.time(stage.until))] : [];
    case 'approved':
      return stage.wait?.for === 'sign-in' ? [fact(pen, 'sign-in-until', pen.time(stage.until))] : [];
    case 'choosing':
    case 'proposed':
    case 'awaiting':
      return [fact(pen, 'until', pen.time(stage.until))];
    case 'queued':
      return [fact(pen, 'waits-until', pen.time(stage.until))];
    case 'submitting':
      return [fact(pen, 'since', pen.time(stage.intention))];
    case 'following':
      return [fact(pen, 'since', pen.time(stage.scan.createdAt))];
    case 'settled':
      return endFacts(pen, stage);
    case 'scheduled':
      return [];
    case 'closed':
      return [fact(pen, 'ended', pen.time(stage.at))];
  }
}
