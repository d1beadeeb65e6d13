import type { AlertReference } from '../../scan/alert.ts';
import { readAlertId } from '../../scan/alert.ts';

/** Long enough to be nobody's ticket: 18 digits, an underscore, a number that may be negative. */
const ALERT = /(?<![\w-])(?:[a-z]{2})?\d{18}_-?\d{1,20}(?![\w])/gi;
const INCIDENT =
  /(?:(?<!\p{L})(?:incidente?|vorfall)|事件)\s*(?:id|no\.?|nr\.?|number)?\s*[:#]?\s*(\d{1,12})(?![\w-])/iu;

/** The alert or incident that a reason names. A bare number is somebody's ticket: it stays a word. */
export function alertReferenceIn(reason: string): AlertReference | undefined {
  const alert = [...reason.matchAll(ALERT)].map(([id]) => readAlertId(id)).find((id) => id !== undefined);
  if (alert !== undefined) return { is: 'alert', id: alert };
  const incident = INCIDENT.exec(reason)?.[1];
  return incident === undefined ? undefined : { is: 'incident', number: Number(incident) };
}
