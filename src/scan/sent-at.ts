import type { Time } from './ids.ts';
import type { Stage } from './stage.ts';

/** What `sentAt` is once a request has come to this stage. */
export function sentAtIn(stage: Stage, was: Time | undefined): Time | undefined {
  switch (stage.name) {
    case 'submitting':
      return stage.intention;
    case 'asked':
    case 'choosing':
    case 'proposed':
    case 'awaiting':
    case 'scheduled':
    case 'queued':
    case 'approved':
      return undefined;
    case 'following':
    case 'settled':
      return was;
    case 'closed':
      return stage.why === 'refused' ? undefined : was;
  }
}
