import type { Alert } from '../../src/scan/alert.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { EVERY_STAGE, NOON, requestIn } from '../chat/cards/requests.ts';

type AlertWords = Pick<Alert, 'title' | 'severity' | 'status' | 'source' | 'family' | 'deviceName'>;

const EICAR: AlertWords = {
  title: "'EICAR_Test' malware was prevented",
  severity: 'Medium',
  status: 'New',
  source: 'WindowsDefenderAv',
  family: 'EICAR_Test',
  deviceName: 'hr-laptop-12.contoso.com',
};

/** A finished scan of another device than the alert that was named, and so many alerts since. */
export function withFindings(words: Partial<AlertWords>, count: number): ScanRequest {
  const alert: Alert = {
    ...{ ...EICAR, ...words },
    ...{ id: 'da637472900382838869_1', incident: 1, device: 'f'.repeat(40) as DeviceId },
    ...{ createdAt: NOON, lastSeenAt: NOON },
  };
  const shown = Array.from({ length: Math.min(count, 5) }, () => alert);
  const seen = { from: NOON, lookedAt: NOON, nextLookAt: undefined, count, shown, ids: [] };
  return {
    ...requestIn(EVERY_STAGE['settled Succeeded']!),
    wanted: { device: 'x', type: 'Full', comment: 'x', about: { is: 'alert', id: alert.id } },
    named: { count: 1, gravest: alert },
    findings: { are: 'known', ...seen },
  };
}
