import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { contentOf, deviceOf } from '../../src/scan/scan-request.ts';
import type { Scan } from '../ledger/entry.ts';
import { MINUTE } from '../../src/scan/time.ts';
import type { Ask, Ledger } from '../ledger/ledger.ts';
import { markIn } from '../ledger/ledger.ts';
import { grouped } from '../ledger/grouped.ts';
import type { Evidence, Violation } from './violation.ts';

/** Every confirmed request has exactly one accepted action, or a refusal that was told. */
export function startedOnce({ ledger, left }: Evidence): readonly Violation[] {
  return ledger.asks.flatMap((ask) => {
    const scans = ledger.scans.filter((scan) => markIn(scan.comment) === ask.mark);
    const requests = left.requests.filter((request) => markOf(request) === ask.mark);
    const most = isAskedTwice(ask, ledger) ? 2 : 1;
    if (requests.length > 1 && requests.length <= most && scans.length <= most) return [];
    return faultsOf(ask, requests, scans).map((what) => ({ rule: 'started once', what, asks: [ask.mark] }));
  });
}

/** The same words count as one wish for a minute; on a slow machine that is over before they come again. */
function isAskedTwice(ask: Ask, { acts }: Ledger): boolean {
  const own = acts.filter((act) => act.ask === ask.mark);
  const first = own.find(({ how }) => how === 'says')?.at ?? Infinity;
  return own.some(({ how, at }) => how === 'says anew' && at - first > MINUTE);
}

function faultsOf(ask: Ask, requests: readonly ScanRequest[], scans: readonly Scan[]): readonly string[] {
  const [request, ...others] = requests;
  if (others.length > 0) return [`${requests.length} requests came of it`];
  if (scans.length > 1) return [`Defender took ${scans.length} scans for it`];
  if (request === undefined) return ask.heard ? ['it was acknowledged, and there is no request'] : [];
  return [...endFaults(request, scans), ...nameFaults(ask, request, scans)];
}

function endFaults({ stage }: ScanRequest, [scan]: readonly Scan[]): readonly string[] {
  switch (stage.name) {
    case 'settled':
      if (!stage.adopted && stage.scan.id !== scan?.id) return ['it ended with a scan that is not its own'];
      if (scan !== undefined && stage.adopted) return ['it followed another scan, and its own ran'];
      return scan !== undefined && scan.status !== stage.scan.status
        ? [`told ${stage.scan.status}, was ${scan.status}`]
        : [];
    case 'closed':
      // Whoever is told that the outcome is not known knows that it may have started.
      return scan === undefined || stage.why === 'unclear' ? [] : [`it was closed as ${stage.why}, and its scan ran`];
    case 'asked':
    case 'choosing':
    case 'proposed':
    case 'awaiting':
    case 'scheduled':
    case 'queued':
    case 'approved':
    case 'submitting':
    case 'following':
      // Left behind: that is told by the rule about rows.
      return [];
  }
}

function nameFaults(ask: Ask, request: ScanRequest, scans: readonly Scan[]): readonly string[] {
  const content = contentOf(request);
  return scans.flatMap((scan) => [
    ...(scan.by === ask.person.upn ? [] : [`started in the name of ${scan.by}`]),
    ...(scan.device === ask.device && scan.device === deviceOf(request)?.id ? [] : ['started on another device']),
    ...(scan.comment === content?.comment ? [] : ['started with another comment']),
  ]);
}

/** No device had two scans of ours at once. */
export function oneAtATime({ ledger }: Evidence): readonly Violation[] {
  const byDevice = grouped(ledger.scans, ({ device }) => device);
  return [...byDevice].flatMap(([device, scans]) => {
    const inOrder = scans.toSorted((one, other) => one.at - other.at);
    return inOrder.flatMap((scan, index) => {
      const before = inOrder[index - 1];
      if (before === undefined || (before.endedAt ?? Infinity) <= scan.at) return [];
      const asks = [before, scan].map(({ comment }) => markIn(comment) ?? '');
      return [{ rule: 'one at a time', what: `${device} had two scans at once`, asks }];
    });
  });
}

export function markOf(request: ScanRequest): string | undefined {
  return markIn(contentOf(request)?.comment) ?? markIn(request.wanted.comment);
}
