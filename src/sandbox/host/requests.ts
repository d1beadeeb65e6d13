import { z } from 'zod';

const LONGEST_TEXT = 20_000;
const FASTEST = 100_000;

const id = z.string().min(1).max(500);
const text = z.string().max(LONGEST_TEXT);

export const sayRequest = z.object({ as: id, place: id, thread: id.optional(), text: text.min(1) });

export const pressRequest = z.object({
  as: id,
  message: id,
  action: z.object({
    type: z.string(),
    title: z.string(),
    id: z.string().optional(),
    verb: z.string().optional(),
    data: z.unknown(),
  }),
  inputs: z.record(z.string(), text),
});

export const lookRequest = z.object({ as: id, message: id });

export const searchRequest = z.object({ as: id, message: id, text });

export const actionRequest = z.object({
  as: id,
  message: id,
  does: z.enum(['open', 'sign-in', 'submit']),
  inputs: z.record(z.string(), text).optional(),
});

export const signInRequest = z.object({
  as: id,
  message: id.optional(),
  login: id.optional(),
  choice: z.enum(['ok', 'cancel', 'other-account']),
  other: id.optional(),
});

export const moodRequest = z.object({ id, on: z.boolean() });
export const deviceRequest = z.object({ id, asleep: z.boolean() });
export const foreignScanRequest = z.object({ device: id, type: z.enum(['Quick', 'Full']).optional() });
export const timeLapseRequest = z.object({ factor: z.number().min(1).max(FASTEST) });
export const nothing = z.looseObject({}).optional();
