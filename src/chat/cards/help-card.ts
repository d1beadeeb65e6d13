import type { CardView, HelpFields, Row } from './card-view.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { cardPen } from './pen.ts';

const COMMANDS = [
  'scan',
  'scan-full',
  'scan-many',
  'schedule',
  'schedules',
  'status',
  'cancel',
  'watch',
  'my-scans',
  'history',
  'report',
  'why',
  'pause',
  'tell-here',
  'language',
  'sign-out',
  'help',
] as const;

/** What can be typed. `guess`: the command that was perhaps meant. */
export function helpCard(look: Look, guess: string | undefined): CardView {
  const pen = cardPen(look);
  const summary = pen.words.t('help.summary');
  const data: HelpFields = {
    ...frame(pen, summary),
    heading: pen.t('help.heading'),
    text: guess === undefined ? pen.t('help.intro') : pen.t('help.guess', { guess }),
    next: pen.t('help.next'),
    signsIn: false,
  };
  return { template: 'help', data, summary };
}

/** The first words to somebody who has just got the bot. */
export function welcomeCard(look: Look): CardView {
  const pen = cardPen(look);
  const summary = pen.words.t('welcome.summary');
  const data: HelpFields = {
    ...frame(pen, summary),
    heading: pen.t('welcome.heading'),
    text: pen.t('help.intro'),
    next: pen.t('welcome.next'),
    signsIn: true,
  };
  return { template: 'help', data, summary };
}

function frame(pen: Pen, summary: string): Omit<HelpFields, 'heading' | 'text' | 'next' | 'signsIn'> {
  return {
    language: pen.words.letters,
    fallback: summary,
    color: 'default',
    rows: COMMANDS.map((command): Row => ({ title: pen.t(`help.${command}`), line: pen.t(`help.${command}-means`) })),
    signIn: pen.t('button.sign-in'),
  };
}
