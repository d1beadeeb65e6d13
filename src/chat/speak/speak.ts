import type { SingleNotice } from '../../scan/notice.ts';
import type { Person } from '../../scan/person.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { CardView } from '../cards/card-view.ts';
import { csvCard } from '../cards/csv-card.ts';
import { helpCard, welcomeCard } from '../cards/help-card.ts';
import { historyCard } from '../cards/history-card.ts';
import { ownScansCard, statusCard, whichCard } from '../cards/list-card.ts';
import type { Look } from '../cards/look.ts';
import { messagePen, plainPen } from '../cards/pen.ts';
import type { Pen } from '../cards/pen.ts';
import { reportCard } from '../cards/report-card.ts';
import type { Batch } from '../../scan/batch/batch.ts';
import type { BatchLineNotice } from './batch-lines.ts';
import { batchLines } from './batch-lines.ts';
import { schedulesCard } from '../cards/schedules-card.ts';
import { mentionName } from '../plain-text.ts';
import type { CardNotice, LineNotice } from './notice-lines.ts';
import { noticeLines } from './notice-lines.ts';
import { endToast } from './request-lines.ts';

export interface Mention {
  /** Exactly as it stands in the text. */
  readonly text: string;
  readonly person: Person;
}

export type Spoken =
  | { readonly kind: 'text'; readonly text: string; readonly mentions: readonly Mention[]; readonly summary: string }
  | { readonly kind: 'card'; readonly view: CardView };

export interface Telling {
  readonly to: Person;
  readonly mention: boolean;
  readonly look: Look;
  /** The request that the notice is about, as the store holds it now. */
  readonly request?: ScanRequest | undefined;
}

const CARDS: ReadonlySet<string> = new Set<CardNotice['say']>([
  'help',
  'welcome',
  'which-one',
  'status',
  'my-scans',
  'schedules',
  'history',
  'report',
  'report-csv',
]);

/** Finds the words for a notice. */
export function speak(notice: SingleNotice, telling: Telling): Spoken {
  return isCard(notice) ? { kind: 'card', view: noticeCard(notice, telling.look) } : spokenText(notice, telling);
}

function isCard(notice: CardNotice | LineNotice): notice is CardNotice {
  return CARDS.has(notice.say);
}

function noticeCard(notice: CardNotice, look: Look): CardView {
  switch (notice.say) {
    case 'help':
      return helpCard(look, notice.guess);
    case 'welcome':
      return welcomeCard(look);
    case 'which-one':
      return whichCard(notice.command, notice.among, look);
    case 'status':
      return statusCard(notice, look);
    case 'my-scans':
      return ownScansCard(notice.scans, look);
    case 'schedules':
      return schedulesCard(notice.schedules, look);
    case 'history':
      return historyCard(notice.device, notice.scans, look);
    case 'report':
      return reportCard(notice.report, look);
    case 'report-csv':
      return csvCard(notice.rows, notice.count, look);
  }
}

function spokenText(notice: LineNotice, telling: Telling): Spoken {
  const { look, request } = telling;
  const lines = noticeLines(notice, messagePen(look), request).join('\n\n');
  const summary = toastOf(notice, plainPen(look), request);
  const mentions = mentioned(notice, telling).flatMap(mentionOf);
  const text = [...mentions.map((mention) => mention.text), lines].join(' ');
  return { kind: 'text', text, mentions, summary };
}

function toastOf(notice: LineNotice, pen: Pen, request: ScanRequest | undefined): string {
  const isEnd = notice.say === 'ended' || notice.say === 'confirmed';
  if (isEnd && request !== undefined) return endToast(request, pen);
  return noticeLines(notice, pen, request)[0] ?? '';
}

/** About a request for many. */
export function speakOfMany(notice: BatchLineNotice, batch: Batch, telling: Telling): Spoken {
  const { look, mention, to } = telling;
  const lines = batchLines(notice, messagePen(look), batch).join('\n\n');
  const summary = batchLines(notice, plainPen(look), batch)[0] ?? '';
  const people = notice.say === 'batch-approval-asked' ? notice.mentions : mention ? [to] : [];
  const mentions = people.flatMap(mentionOf);
  const text = [...mentions.map((one) => one.text), lines].join(' ');
  return { kind: 'text', text, mentions, summary };
}

function mentioned(notice: LineNotice, { mention, to }: Telling): readonly Person[] {
  if (notice.say === 'approval-asked') return notice.mentions;
  return mention ? [to] : [];
}

/** Whoever has no name to write cannot be mentioned. */
function mentionOf(person: Person): readonly Mention[] {
  const name = mentionName(person.name);
  return name === '' ? [] : [{ text: `<at>${name}</at>`, person }];
}
