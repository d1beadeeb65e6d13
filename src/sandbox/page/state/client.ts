import { MINUTE } from '../duration.ts';
import type {
  ActionAnswer,
  ActOnMessage,
  Done,
  Failed,
  ForeignScan,
  Look,
  Message,
  Press,
  PressAnswer,
  Say,
  SayAnswer,
  Search,
  SearchAnswer,
  SetDevice,
  SetMood,
  SetTimeLapse,
  SignIn,
  SignInAnswer,
} from '../api.ts';
import type { Handle, World } from '../world.ts';
import type { WireLine } from '../wire.ts';

const PATIENCE = MINUTE;
const NO_ANSWER: Failed = { error: 'The sandbox does not answer. Is it still running?' };

/** Calls the sandbox server. It is ours and of the same version, so its answers are taken as they are typed. */
export class Client {
  world(): Promise<World | Failed> {
    return call('/api/world');
  }

  messages(as: Handle): Promise<readonly Message[] | Failed> {
    return call(`/api/messages?as=${encodeURIComponent(as)}`);
  }

  wire(after: number): Promise<readonly WireLine[] | Failed> {
    return call(`/api/wire?after=${after}`);
  }

  say(say: Say): Promise<SayAnswer> {
    return call('/api/say', say);
  }

  press(press: Press): Promise<PressAnswer | Failed> {
    return call('/api/press', press);
  }

  look(look: Look): Promise<Done> {
    return call('/api/look', look);
  }

  search(search: Search): Promise<SearchAnswer | Failed> {
    return call('/api/search', search);
  }

  action(action: ActOnMessage): Promise<ActionAnswer | Failed> {
    return call('/api/action', action);
  }

  signIn(signIn: SignIn): Promise<SignInAnswer> {
    return call('/api/sign-in', signIn);
  }

  mood(mood: SetMood): Promise<Done> {
    return call('/api/mood', mood);
  }

  device(device: SetDevice): Promise<Done> {
    return call('/api/device', device);
  }

  foreignScan(scan: ForeignScan): Promise<Done> {
    return call('/api/foreign-scan', scan);
  }

  timeLapse(lapse: SetTimeLapse): Promise<Done> {
    return call('/api/time-lapse', lapse);
  }

  reset(): Promise<Done> {
    return call('/api/reset', {});
  }
}

export function isFailed(answer: object): answer is Failed {
  return 'error' in answer;
}

async function call<Answered extends object>(path: string, body?: object): Promise<Answered | Failed> {
  const signal = AbortSignal.timeout(PATIENCE);
  const headers = { 'content-type': 'application/json' };
  const sent = body === undefined ? { signal } : { method: 'POST', headers, body: JSON.stringify(body), signal };
  try {
    const response = await fetch(path, sent);
    return (await response.json()) as Answered | Failed;
  } catch {
    return NO_ANSWER;
  }
}
