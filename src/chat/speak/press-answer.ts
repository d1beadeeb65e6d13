import type { PressRefusal } from '../../scan/message.ts';
import type { Look } from '../cards/look.ts';
import { plainPen } from '../cards/pen.ts';
import { words } from '../language.ts';
import { pressLines } from './press-lines.ts';
import type { SignInWords } from './sign-in-words.ts';
import { signInWords } from './sign-in-words.ts';

/** The line that Teams shows under a card after a press that changed nothing: characters as they are. */
export function pressAnswer(why: PressRefusal, look: Look): string {
  return pressLines(why, plainPen(look));
}

/** Answers to a press that goes on only after a sign-in. */
export interface SignInAnswer extends SignInWords {
  readonly done: string;
  readonly unreachable: string;
  readonly wrongAccount: string;
  readonly failed: string;
  readonly guest: string;
}

export function signInAnswer(locale: string): SignInAnswer {
  const { t, sentences } = words(locale);
  return {
    ...signInWords(locale),
    done: t('say.signed-in'),
    unreachable: t('sign-in.unreachable'),
    wrongAccount: sentences([t('say.wrong-account'), t('say.wrong-account-next')]),
    failed: t('sign-in.failed'),
    guest: sentences([t('refusal.guest.what'), t('refusal.guest.next')]),
  };
}

/** Instead of an answer to a press, when somebody presses faster than anybody can mean it. */
export function slowDownAnswer(locale: string): string {
  return words(locale).t('say.slow-down');
}

/** For an invoke that went wrong, or that nobody here knows. */
export function doorAnswers(locale: string): {
  readonly failed: (reference: string) => string;
  readonly unsupported: string;
} {
  const { t } = words(locale);
  return { failed: (reference) => t('say.unexpected', { reference }), unsupported: t('press.unsupported') };
}
