import type { AlertReference, NamedAlert } from '../../scan/alert.ts';
import type { DeviceId } from '../../scan/ids.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { deviceOf } from '../../scan/scan-request.ts';
import type { Fact, Note } from './card-view.ts';
import { defenderWord } from './defender-word.ts';
import { alertLink, incidentLink } from './finding-words.ts';
import type { Pen } from './pen.ts';

/** The alert or incident that was named: always with its page, and with what Defender says where that may be shown. */
export function aboutFacts(request: ScanRequest, pen: Pen): readonly Fact[] {
  const { about } = request.wanted;
  if (about === undefined) return [];
  return [{ title: pen.t(`fact.${about.is}`), value: aboutValue(about, request.named, pen) }];
}

/** The same as a line of a message. */
export function aboutLine(request: ScanRequest, pen: Pen): string {
  return aboutFacts(request, pen)
    .map(({ title, value }) => `${title}: ${value}`)
    .join('');
}

/** An alert about another device may be a slip of the fingers. */
export function aboutNotes(request: ScanRequest, pen: Pen): readonly Note[] {
  const { about } = request.wanted;
  const alert = request.named?.gravest;
  if (about?.is !== 'alert' || alert === undefined || pen.look.detail !== 'full') return [];
  if (!isElsewhere(alert.device, deviceOf(request)?.id)) return [];
  return [
    {
      note: `⚠️ ${pen.t('about.elsewhere', { device: alert.deviceName === '' ? (alert.device ?? '') : alert.deviceName })}`,
      noteColor: 'warning',
    },
  ];
}

function isElsewhere(alerted: DeviceId | undefined, scanned: DeviceId | undefined): boolean {
  return alerted !== undefined && scanned !== undefined && alerted !== scanned;
}

function aboutValue(about: AlertReference, named: NamedAlert | undefined, pen: Pen): string {
  const { portal, detail } = pen.look;
  const link = about.is === 'alert' ? alertLink(portal, about.id) : incidentLink(portal, about.number);
  const page = `[${pen.name(about.is === 'alert' ? about.id : String(about.number))}](${link})`;
  if (named === undefined || detail !== 'full') return page;
  const { count, gravest } = named;
  const counted = about.is === 'incident' ? [pen.t('about.count', { count })] : [];
  return [page, ...counted, pen.name(defenderWord(gravest.severity, pen.words)), pen.name(gravest.title)]
    .filter((part) => part !== '')
    .join(' · ');
}
