import type { Answer, Card } from '../page/api.ts';
import type { Sent } from '../teams/bot-line.ts';
import { innerStatus, innerType } from '../teams/invokes.ts';
import { isJson, list, record, words } from '../teams/json.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const LOGIN = 'application/vnd.microsoft.activity.loginRequest';
/** What Teams says where the bot's answer is none. */
const UNREACHABLE = 'Unable to reach app. Please try again.';
const WRONG = 'Something went wrong. Please try again.';

/** What a client does with the bot's answer to a press. `login` names the request to sign in. */
export function answerTo(sent: Sent, login: string): Answer {
  const activity = record(sent.activity);
  if (sent.status < 200 || sent.status > 299) return { kind: 'error', text: sent.status === 0 ? UNREACHABLE : WRONG };
  if (activity['name'] !== 'adaptiveCard/action') return { kind: 'none' };
  const value = record(sent.body)['value'];
  switch (innerType(sent)) {
    case CARD:
      return isJson(value) ? { kind: 'card', card: value satisfies Card } : { kind: 'error', text: WRONG };
    case MESSAGE:
      return { kind: 'message', text: words(value) ?? '' };
    case LOGIN:
      return loginAnswer(value, login);
    case undefined:
      return { kind: 'error', text: UNREACHABLE };
    default:
      return { kind: 'error', text: words(record(value)['message']) ?? refusalText(innerStatus(sent)) };
  }
}

function loginAnswer(value: unknown, login: string): Answer {
  const button = record(list(record(value)['buttons']).find(isJson));
  const title = words(button['title']) ?? 'Sign in';
  return { kind: 'login', text: words(record(value)['text']) ?? '', button: title, login };
}

function refusalText(status: number | undefined): string {
  return status === 401 ? 'The sign-in did not work. Please try again.' : WRONG;
}
