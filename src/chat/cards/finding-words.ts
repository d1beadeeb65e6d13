import type { Alert } from '../../scan/alert.ts';
import type { KnownFindings } from '../../scan/findings.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { deviceOf } from '../../scan/scan-request.ts';
import { defenderWord } from './defender-word.ts';
import { deviceLink } from './device-link.ts';
import type { Pen } from './pen.ts';

/** The alert's page in Defender's portal. */
export function alertLink(portal: string, id: string): string {
  return `${portal}/alerts/${encodeURIComponent(id)}`;
}

export function incidentLink(portal: string, incident: number): string {
  return `${portal}/incidents/${incident}`;
}

/** What was found in one line: the number alone where everybody reads along. Empty while nothing was looked up. */
export function findingsLine({ findings }: ScanRequest, pen: Pen): string {
  if (findings === undefined) return '';
  if (findings.are === 'unknown') {
    const { nextLookAt } = findings;
    return nextLookAt === undefined ? '' : pen.t('findings.later', { at: pen.time(nextLookAt) });
  }
  const { count, from, lookedAt } = findings;
  const times = { from: pen.time(from), at: pen.time(lookedAt) };
  if (count === 0) return pen.t('findings.none', times);
  return pen.t(pen.look.detail === 'full' ? 'findings.some' : 'findings.some-hidden', { count, ...times });
}

/** The weightiest alerts, one a line, each with its page. Nothing where everybody reads along. */
export function alertLines(request: ScanRequest, pen: Pen): readonly string[] {
  const { findings } = request;
  if (findings?.are !== 'known' || pen.look.detail !== 'full') return [];
  const rest = findings.count - findings.shown.length;
  const more = rest > 0 ? [linkToAll(request, pen.t('findings.more', { count: rest }), pen)] : [];
  return [...findings.shown.map((alert) => alertLine(alert, pen)), ...more];
}

function linkToAll(request: ScanRequest, words: string, pen: Pen): string {
  const device = deviceOf(request);
  return device === undefined ? words : `[${words}](${deviceLink(pen.look.portal, device.id)})`;
}

/** Gravity first, the name as a link. */
function alertLine(alert: Alert, pen: Pen): string {
  const title = pen.name(alert.title === '' ? alert.id : alert.title);
  const words = [
    defenderWord(alert.severity, pen.words),
    alert.family,
    defenderWord(alert.status, pen.words),
    pen.words.t('findings.seen', { at: pen.time(alert.lastSeenAt) }),
  ];
  const said = words.filter((word) => word !== '').map((word) => pen.name(word));
  return `[${title}](${alertLink(pen.look.portal, alert.id)}) · ${said.join(' · ')}`;
}

/** For a toast: the count as a word of its own, empty while it is not known. */
export function findingsCount({ findings }: ScanRequest, pen: Pen): string {
  return findings?.are === 'known' ? countWords(findings, pen) : '';
}

function countWords({ count }: KnownFindings, pen: Pen): string {
  return count === 0 ? pen.t('findings.count-none') : pen.t('findings.count', { count });
}
