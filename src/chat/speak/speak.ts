import type { Notice } from '../../scan/message.ts';
import type { Person } from '../../scan/person.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { CardView } from '../cards/card-view.ts';
import { helpCard, welcomeCard } from '../cards/help-card.ts';
import { ownScansCard, statusCard, whichCard } from '../cards/list-card.ts';
import type { Look } from '../cards/look.ts';
import { messagePen, plainPen } from '../cards/pen.ts';
import { mentionName } from '../plain-text.ts';
import type { CardNotice, LineNotice } from './notice-lines.ts';
import { noticeLines } from './notice-lines.ts';

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

/** Finds the words for a notice. */
export function speak(notice: Notice, telling: Telling): Spoken {
  const { look } = telling;
  switch (notice.say) {
    case 'help':
    case 'welcome':
    case 'which-one':
    case 'status':
    case 'my-scans':
      return { kind: 'card', view: noticeCard(notice, look) };
    case 'which-device':
    case 'not-found':
    case 'accepted':
    case 'started':
    case 'ended':
    case 'confirmed':
    case 'found-later':
    case 'no-alerts':
    case 'sign-in-to-follow':
    case 'cancel':
    case 'language-chosen':
    case 'which-language':
    case 'signed-in':
    case 'signed-out':
    case 'sign-in-failed':
    case 'wrong-account':
    case 'sign-in-expired':
    case 'takes-longer':
    case 'why':
    case 'halt':
    case 'not-paused':
    case 'not-operator':
    case 'operator-unknown':
    case 'refused':
    case 'press-refused':
    case 'anchor':
    case 'slow-down':
    case 'unexpected':
      return spokenText(notice, telling);
  }
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
      return statusCard(notice.device, notice.scans, look);
    case 'my-scans':
      return ownScansCard(notice.scans, look);
  }
}

function spokenText(notice: LineNotice, telling: Telling): Spoken {
  const { look, request, to } = telling;
  const lines = noticeLines(notice, messagePen(look), request).join('\n\n');
  const summary = noticeLines(notice, plainPen(look), request)[0] ?? '';
  const name = telling.mention ? mentionName(to.name) : '';
  if (name === '') return { kind: 'text', text: lines, mentions: [], summary };
  const text = `<at>${name}</at>`;
  return { kind: 'text', text: `${text} ${lines}`, mentions: [{ text, person: to }], summary };
}
