import type { Device } from '../../scan/device.ts';
import type { PastScan } from '../../scan/notice.ts';
import type { CardView, Row } from './card-view.ts';
import { listCard } from './list-card.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen, plainPen } from './pen.ts';
import { outcomeWords } from './report-card.ts';
import { outcomeState, signOf, statusState } from './scan-state.ts';

/** All scans of a device that anybody can still tell of, newest first. */
export function historyCard(device: Device, scans: readonly PastScan[], look: Look): CardView {
  const pen = cardPen(look);
  const name = { device: device.name === '' ? device.id : device.name };
  return listCard(look, {
    heading: pen.t('history.heading', name),
    summary: plainPen(look).t('history.heading', name),
    text: pen.t(scans.length === 0 ? 'history.none' : 'history.intro'),
    rows: scans.map((scan) => pastRow(scan, pen)),
    next: pen.t('list.status.next', name),
  });
}

function pastRow(past: PastScan, pen: Pen): Row {
  const { scan } = past;
  const state = statusState(scan.status);
  const { outcome } = past;
  const known = outcome === undefined || outcome === 'open' ? state : outcomeState(outcome);
  const ended = past.outcome === undefined ? pen.t(`state.${state}.heading`) : outcomeWords(past.outcome, pen);
  const who = scan.requester === '' ? pen.words.t('somebody') : scan.requester;
  return {
    title: `${signOf(known).symbol} ${pen.t(`kind.${scan.type ?? 'any'}`)} · ${ended}`,
    line: pen.words.sentences([pen.t('history.row', { who, at: pen.time(scan.createdAt) }), ...knownHere(past, pen)]),
  };
}

function knownHere({ took, found }: PastScan, pen: Pen): readonly string[] {
  const parts = [
    took === undefined ? '' : pen.t('say.took', { took: pen.words.duration(took) }),
    found === undefined ? '' : pen.t('history.found', { count: found }),
  ];
  return parts.filter((part) => part !== '');
}
