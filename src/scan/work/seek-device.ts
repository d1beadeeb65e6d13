import type { Outcome } from '../outcome.ts';
import type { Time } from '../ids.ts';
import type { In } from '../moves.ts';
import { close, withCard } from '../moves.ts';
import type { Write } from '../ports.ts';
import type { WorkParts } from './parts.ts';
import { commit } from './parts.ts';

/** No device was named: a card asks for any. */
export function seek(asked: In<'asked'>, parts: WorkParts): Promise<Outcome> {
  return commit(parts.store, seeking(asked, parts));
}

/** There is none by this name. Whoever named it on a card is asked once more; everybody else is told. */
export function noSuchDevice(asked: In<'asked'>, parts: WorkParts): Promise<Outcome> {
  const again = asked.stage.sought === true;
  return commit(parts.store, again ? seeking(asked, parts) : close(asked, 'not-found', parts.clock.now()));
}

function seeking(asked: In<'asked'>, { clock, settings }: WorkParts): Write {
  const now: Time = clock.now();
  const stage = {
    name: 'choosing',
    among: [],
    any: { missed: asked.wanted.device },
    until: now + settings.decideWithin,
  } as const;
  return withCard(asked, stage, { who: 'bot', what: 'asks which device', at: now });
}
