import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Choosing } from '../../scan/stage.ts';
import type { Fact, Pressed } from './card-view.ts';
import { askedFacts, fact, whatFacts } from './facts.ts';
import type { Pen } from './pen.ts';

interface ChoosingFields extends Pressed {
  readonly facts: readonly Fact[];
  readonly use: string;
}

/** On every card that asks a requester for the device: what is known so far, and the buttons. */
export function choosingFields(request: ScanRequest, stage: Choosing, pen: Pen): ChoosingFields {
  const { type, comment } = request.wanted;
  return {
    facts: [...whatFacts(pen, type, comment), ...askedFacts(pen, request), fact(pen, 'until', pen.time(stage.until))],
    use: pen.t('button.pick'),
    dismiss: pen.t('button.dismiss'),
    request: request.id,
    rev: request.rev,
  };
}
