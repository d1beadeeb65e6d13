import type { DefenderScan } from '../defender-scan.ts';
import type { Errand } from '../errand.ts';
import type { PastScan } from '../notice.ts';
import { tallyOf } from '../report.ts';
import type { ScanRequest } from '../scan-request.ts';
import { scanOf } from '../scan-request.ts';
import type { ErrandResult } from './cancel.ts';
import { oneDevice } from './one-device.ts';
import type { WorkParts } from './parts.ts';

/** Enough for a card; Defender's portal has the rest. */
const MOST_SCANS = 20;

/** The scans of a device, as Defender shows them to whoever asks, with what is known here of how they ended. */
export async function history(errand: Errand, typed: string, parts: WorkParts): Promise<ErrandResult> {
  const { person } = errand;
  const found = await oneDevice(errand, typed, parts);
  if (!('device' in found)) return found;
  const { device } = found;
  const scans = await parts.defender.scansOfDevice({ as: 'person', person }, device.id);
  if (!scans.ok) return { refusal: scans.refusal };
  const known = await parts.store.reports.about(device.id, MOST_SCANS);
  return { said: { say: 'history', device, scans: merged(scans.value, known, errand).slice(0, MOST_SCANS) } };
}

/** Defender forgets after a while: what only the store knows is the older part. */
function merged(scans: readonly DefenderScan[], known: readonly ScanRequest[], errand: Errand): readonly PastScan[] {
  const byAction = new Map(
    known.flatMap((request) => (scanOf(request) === undefined ? [] : [[scanOf(request)?.id, request]])),
  );
  const shown = scans.map((scan) => pastScan(scan, byAction.get(scan.id), errand));
  const ids = new Set(scans.map(({ id }) => id));
  const forgotten = [...byAction.values()].flatMap((request) => {
    const scan = scanOf(request);
    return scan === undefined || ids.has(scan.id) ? [] : [pastScan(scan, request, errand)];
  });
  return [...shown, ...forgotten].sort((one, other) => other.scan.createdAt - one.scan.createdAt);
}

/** What was found was read in the requester's name: it is shown to nobody else. */
function pastScan(scan: DefenderScan, request: ScanRequest | undefined, { person }: Errand): PastScan {
  if (request === undefined) return { scan, outcome: undefined, took: undefined, found: undefined };
  const { outcome, took, found } = tallyOf(request);
  return { scan, outcome, took, found: request.requester.id === person.id ? found : undefined };
}
