import type { DeviceId } from '../ids.ts';
import type { Errand } from '../errand.ts';
import type { OwnScan } from '../notice.ts';
import type { Answer } from '../refusal.ts';
import { answered, isInvisible } from '../refusal.ts';
import { tallyOf } from '../report.ts';
import type { ScanRequest } from '../scan-request.ts';
import { contentOf, deviceOf, waitsForSignIn } from '../scan-request.ts';
import type { ErrandResult } from './cancel.ts';
import type { WorkParts } from './parts.ts';

const MOST_OWN_SCANS = 10;

/** What a person asked for: of devices that were found, only those that they may see now. */
export async function ownScans({ person }: Errand, parts: WorkParts): Promise<ErrandResult> {
  const requests = await parts.store.requestsOf(person.id, MOST_OWN_SCANS);
  const ids = [...new Set(requests.flatMap((request) => deviceOf(request)?.id ?? []))];
  // What was never found is the person's own words: nobody needs to be asked for them.
  const visible: Answer<ReadonlySet<DeviceId>> =
    ids.length === 0 ? answered(new Set()) : await parts.defender.visibleDevices(person, ids);
  if (!visible.ok && !isInvisible(visible.refusal)) return { refusal: visible.refusal };
  const seen = visible.ok ? visible.value : new Set<DeviceId>();
  return { said: { say: 'my-scans', scans: requests.filter((request) => mayShow(request, seen)).map(ownScan) } };
}

function mayShow(request: ScanRequest, seen: ReadonlySet<DeviceId>): boolean {
  const device = deviceOf(request);
  return device === undefined || seen.has(device.id);
}

function ownScan(request: ScanRequest): OwnScan {
  return {
    device: deviceOf(request)?.name ?? request.wanted.device,
    type: contentOf(request)?.type ?? request.wanted.type,
    stage: stageWord(request),
    at: request.askedAt,
  };
}

/** What tells most: how the scan ended, Defender's word for it, why it was closed, else how far it is. */
function stageWord(request: ScanRequest): string {
  if (waitsForSignIn(request)) return 'waits-for-sign-in';
  const { stage } = request;
  if (stage.name === 'settled') return tallyOf(request).outcome;
  if (stage.name === 'following') return stage.scan.status;
  return stage.name === 'closed' ? stage.why : stage.name;
}
