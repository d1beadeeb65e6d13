import type { Time } from '../../scan/ids.ts';
import type { Person } from '../../scan/person.ts';

/** For whom and when something is drawn. */
export interface Look {
  readonly reader: Person;
  /** The language of what several people read, instead of the reader's own. */
  readonly locale?: string | undefined;
  readonly now: Time;
  /** `minimal`: what everybody in a channel may see. */
  readonly detail: 'minimal' | 'full';
  /** Defender's portal, such as `https://security.microsoft.com`. */
  readonly portal: string;
  /** With what only the requester may do. */
  readonly role?: 'requester';
}
