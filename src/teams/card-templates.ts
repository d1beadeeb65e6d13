import { createRequire } from 'node:module';
import type { CardView, Refresh } from '../chat/cards/card-view.ts';
import approve from '../../cards/approve.json' with { type: 'json' };
import awaiting from '../../cards/awaiting.json' with { type: 'json' };
import batch from '../../cards/batch.json' with { type: 'json' };
import batchAwaiting from '../../cards/batch-awaiting.json' with { type: 'json' };
import batchConfirm from '../../cards/batch-confirm.json' with { type: 'json' };
import confirm from '../../cards/confirm.json' with { type: 'json' };
import csv from '../../cards/csv.json' with { type: 'json' };
import extension from '../../cards/extension.json' with { type: 'json' };
import find from '../../cards/find.json' with { type: 'json' };
import help from '../../cards/help.json' with { type: 'json' };
import list from '../../cards/list.json' with { type: 'json' };
import pick from '../../cards/pick.json' with { type: 'json' };
import report from '../../cards/report.json' with { type: 'json' };
import schedules from '../../cards/schedules.json' with { type: 'json' };
import scan from '../../cards/scan.json' with { type: 'json' };

export interface AdaptiveCardJson {
  readonly type: 'AdaptiveCard';
  readonly version: string;
  readonly [name: string]: unknown;
}

interface Template {
  expand(context: { readonly $root: object }): unknown;
}
interface Templating {
  readonly Template: new (template: object) => Template;
}

// Required and not imported: the types of this package lead to sources that do not compile under our rules.
const required: unknown = createRequire(import.meta.url)('adaptivecards-templating');
const { Template } = required as Templating;

/** The verb with which somebody asks for their own view of a card. */
export const VIEW = 'view';

/** Reading a template costs ten times as much as filling it. */
const TEMPLATES: Readonly<Record<CardView['template'], Template>> = {
  approve: new Template(approve),
  awaiting: new Template(awaiting),
  batch: new Template(batch),
  'batch-awaiting': new Template(batchAwaiting),
  'batch-confirm': new Template(batchConfirm),
  confirm: new Template(confirm),
  csv: new Template(csv),
  extension: new Template(extension),
  find: new Template(find),
  help: new Template(help),
  list: new Template(list),
  pick: new Template(pick),
  report: new Template(report),
  scan: new Template(scan),
  schedules: new Template(schedules),
};

/** Fills the view's template, once: filling a filled card again would run what people typed as expressions. */
export function drawCard(view: CardView): AdaptiveCardJson {
  const card = TEMPLATES[view.template].expand({ $root: view.data }) as AdaptiveCardJson;
  return 'refresh' in view ? { ...card, refresh: refreshOf(view.refresh) } : card;
}

/** Pressed by the client itself, so it may change nothing: `view` only draws. */
function refreshOf({ request, userIds }: Refresh): object {
  const data = { verb: VIEW, request };
  return { action: { type: 'Action.Execute', title: VIEW, verb: VIEW, data }, userIds };
}
