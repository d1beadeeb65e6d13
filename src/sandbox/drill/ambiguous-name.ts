import { beginning } from './lesson.ts';

interface Memory {
  readonly message: string;
}

export const ambiguousName = beginning<Memory>({
  id: 'ambiguous-name',
  title: 'Two devices with one name',
  text: 'There are two devices called hr-laptop-12. Ask for a scan of that name and choose the right one on the card: it shows when each was seen last.',
  hint: 'Type: @Scan Bot scan hr-laptop-12. Choose the one that is in use, and press the button below.',
  first: {
    title: 'Ask for a name that two devices have',
    taken: (now) => {
      const asksWhich = now.is === 'shown' && now.verbs.includes('pick') && !now.searches;
      return asksWhich ? { message: now.message } : undefined;
    },
  },
  then: [
    {
      title: 'Choose one, and see the card go on with it',
      // The same card comes back with a button to run it only when somebody has chosen.
      taken: (now, memory) => {
        const isIt = now.is === 'shown' && now.message === memory.message && now.verbs.includes('run');
        return isIt ? memory : undefined;
      },
    },
  ],
});
