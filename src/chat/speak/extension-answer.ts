import { words } from '../language.ts';

/** What the dialog of an action on a message says besides its card. */
export interface ExtensionAnswer {
  readonly title: string;
  readonly here: string;
  readonly personal: string;
  readonly nowhere: string;
}

export function extensionAnswer(locale: string): ExtensionAnswer {
  const { t } = words(locale);
  return {
    title: t('extension.title'),
    here: t('extension.here'),
    personal: t('extension.personal'),
    nowhere: t('extension.nowhere'),
  };
}
