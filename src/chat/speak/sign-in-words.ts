import { words } from '../language.ts';

export interface SignInWords {
  readonly text: string;
  readonly button: string;
}

/** What stands on the card that Teams turns into a sign-in. */
export function signInWords(locale: string): SignInWords {
  const { t } = words(locale);
  return { text: t('sign-in.text'), button: t('button.sign-in') };
}
