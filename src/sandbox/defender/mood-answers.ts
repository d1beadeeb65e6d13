import { html, json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { failure } from './wire-words.ts';
import type { ApiName } from './wire-words.ts';
import type { MoodName, Moods, MoodSettings, Where } from './moods.ts';

interface Fault {
  readonly mood: MoodName;
  readonly only?: ApiName;
  readonly answer: (settings: MoodSettings) => HttpAnswer;
}

/** Answers that come instead of what was asked for; nothing was done then. */
const FAULTS: readonly Fault[] = [
  { mood: 'throttled', answer: ({ seconds }) => tooMany('API calls quota exceeded!', seconds) },
  { mood: 'fails', answer: () => failure(500, 'InternalServerError', 'Please retry the request.') },
  { mood: 'gateway', answer: ({ status = 502 }) => html(status, '<html><h1>Bad gateway</h1></html>') },
  { mood: 'unreadable', answer: () => json(200, { moved: true }) },
  { mood: 'refuses', answer: ({ status = 403, word = '', message = '' }) => failure(status, word, message) },
  { mood: 'permission-missing', answer: () => failure(403, 'Forbidden', 'Missing application roles.') },
  { mood: 'feature-disabled', answer: () => failure(403, 'DisabledFeature', 'Tenant feature is not enabled.') },
  { mood: 'operation-disallowed', answer: () => failure(403, 'DisallowedOperation', 'Operation is not allowed.') },
  { mood: 'os-not-supported', only: 'start-scan', answer: () => wrongOs('this platform') },
  { mood: 'client-too-old', only: 'start-scan', answer: () => oldClient() },
];

export function faultFor(moods: Moods, where: Where): HttpAnswer | undefined {
  for (const { mood, only, answer } of FAULTS) {
    if (only !== undefined && only !== where.api) continue;
    const settings = moods.strike(mood, where);
    if (settings !== undefined) return answer(settings);
  }
  return undefined;
}

/** The code is literally `429`, whatever the documentation says. */
export function tooMany(message: string, seconds: number | undefined): HttpAnswer {
  const body = { error: { code: '429', message, target: '00000000-0000-0000-0000-000000000000' } };
  return json(429, body, seconds === undefined ? {} : { 'retry-after': String(seconds) });
}

export function wrongOs(os: string): HttpAnswer {
  return failure(400, 'OsPlatformNotSupported', `RunAntiVirusScan does not support ${os}.`);
}

export function oldClient(): HttpAnswer {
  return failure(400, 'ClientVersionNotSupported', 'RunAntiVirusScan needs a newer client version.');
}
