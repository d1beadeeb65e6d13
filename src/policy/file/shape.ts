import { z } from 'zod';
import { isZone } from '../../scan/schedule/wall-clock.ts';
import { DEVICE_VALUES, RISKS } from '../policy.ts';
import { DAYS } from '../time-window.ts';

/*
 * What a policy file may hold. The published schema is made from this; what a schema cannot say is in sense.ts.
 * Messages are phrases that follow the path of a fault.
 */

const LONGEST_LIST = 1000;
const LONGEST_PATTERN = 128;
const LONGEST_REASON = 300;
const LONGEST_NAME = 80;
const MONTH_IN_MINUTES = 43_200;

const PARTY = /^(group:)?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
/** No blanks at the ends, no control characters, and nothing that other pattern languages give a meaning to. */
const PATTERN = /^[^\s[\]{}\\^$|](?:[^\u0000-\u001f\u007f[\]{}\\^$|]*[^\s[\]{}\\^$|])?$/;
const ONE_LINE = /^[^\s\u0000-\u001f\u007f](?:[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f])?$/;
const FROM = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const TO = /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;

const pattern = z.string().max(LONGEST_PATTERN).regex(PATTERN);
const party = z.string().regex(PARTY);
const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/)
  .refine(isZone, 'is not a zone that is known here')
  .describe('IANA zone, such as Europe/Stockholm');

function anyOf<Item extends z.ZodType>(item: Item, says: string): z.ZodOptional<z.ZodArray<Item>> {
  return z.array(item).min(1).max(LONGEST_LIST).optional().describe(says);
}

function upTo(most: number, says: string): z.ZodOptional<z.ZodInt> {
  return z.int().min(1).max(most).optional().describe(says);
}

export const WINDOW = z.strictObject({
  days: anyOf(z.enum(DAYS), 'Days on which the window begins; all when left out'),
  from: z.string().regex(FROM).optional().describe('First minute inside, HH:MM; 00:00 when left out'),
  to: z.string().regex(TO).optional().describe('First minute outside, HH:MM; 24:00 when left out'),
  zone: zone.optional(),
});

export const WHEN = z.strictObject({
  device: anyOf(pattern, 'Patterns of device names: short without a dot, full with one'),
  tag: anyOf(pattern, 'Patterns of machine tags'),
  deviceGroup: anyOf(pattern, 'Patterns of device group names'),
  os: anyOf(pattern, 'Patterns of what Defender calls the system, such as WindowsServer*'),
  deviceValue: anyOf(z.enum(DEVICE_VALUES), 'Device values'),
  risk: anyOf(z.enum(RISKS), 'Risk levels'),
  time: anyOf(WINDOW, 'Windows of time'),
  type: anyOf(z.enum(['Quick', 'Full']), 'Scan types'),
  requester: anyOf(party, 'Who asks: object ids of people, or group:<object id>'),
  channel: anyOf(z.string().min(1).max(256).regex(/^\S+$/), 'Ids of channels'),
});

export const LIMITS = z.strictObject({
  coolDownMinutes: upTo(MONTH_IN_MINUTES, 'Between two scans of the same device'),
  scansPerPersonAndHour: upTo(1000, 'Scans of one requester within an hour'),
  mostDevices: upTo(1000, 'Devices in one request'),
});

export const ALLOW = z.strictObject({ allow: z.literal(true), ...LIMITS.shape });
export const REFUSE = z.strictObject({
  refuse: z.string().max(LONGEST_REASON).regex(ONE_LINE).describe('The reason, which people read'),
});
export const NO_APPROVAL = z.strictObject({ approvals: z.literal(0), ...LIMITS.shape });
export const APPROVALS = z.strictObject({
  approvals: z.union([z.literal(1), z.literal(2)]).describe('How many other people must approve'),
  by: z.union([z.literal('anyone'), z.array(party).min(1).max(LONGEST_LIST)]),
  ...LIMITS.shape,
});

export const RULE = z.strictObject({
  name: z.string().max(LONGEST_NAME).regex(ONE_LINE),
  when: WHEN.optional().describe('All of these; without any the rule always matches'),
  then: z.union([ALLOW, REFUSE, NO_APPROVAL, APPROVALS]),
});

export const FILE = z.strictObject({
  $schema: z.string().optional(),
  zone: zone.optional(),
  operators: z.array(party).max(LONGEST_LIST).optional().describe('Who may stop and allow new scans'),
  limits: LIMITS.optional().describe('Where a rule has none of its own'),
  rules: z.array(RULE).max(LONGEST_LIST).describe('The first that matches decides'),
});

export type PolicyFile = z.infer<typeof FILE>;
export type RuleInFile = z.infer<typeof RULE>;
export type WindowInFile = z.infer<typeof WINDOW>;

/** What is published beside this room, for editors. */
export function policySchema(): object {
  return z.toJSONSchema(FILE.meta({ title: 'Scan Bot policy' }), { target: 'draft-7', io: 'input' });
}
