import type { OwnSchedule } from '../notice.ts';
import type { ScanRequest } from '../scan-request.ts';
import { planOf } from './scheduling.ts';

/** What there is to say of a person's schedules, the next first. */
export function schedulesIn(requests: readonly ScanRequest[]): readonly OwnSchedule[] {
  return requests.flatMap(rowOf).toSorted((one, other) => one.next - other.next);
}

function rowOf(request: ScanRequest): readonly OwnSchedule[] {
  const { id, stage } = request;
  if (stage.name !== 'scheduled') return [];
  const { device, content, next } = stage;
  const name = device.name === '' ? device.id : device.name;
  return [{ request: id, device: name, type: content.type, plan: planOf(request), next }];
}
