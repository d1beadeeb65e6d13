import type { Announcer } from '../dom/announcer.ts';
import type { Session } from '../state/session.ts';
import type { Drafts } from './drafts.ts';
import type { ThemeSwitch } from './theme.ts';

/** What every part of the page may need; made once in app.ts. */
export interface Page {
  readonly session: Session;
  readonly theme: ThemeSwitch;
  readonly announcer: Announcer;
  readonly drafts: Drafts;
}
