import { beginning } from './lesson.ts';

interface Memory {
  readonly by: string;
  readonly conversation: string;
  readonly action?: string;
}

export const secondPerson = beginning<Memory>({
  id: 'second-person',
  title: 'Four eyes',
  text: 'Here somebody else must approve each scan. Ask for one as Alice, see that you cannot approve it yourself, then become Bob and approve it.',
  hint: 'In the channel: @Scan Bot scan full fin-laptop-07 because alert 3212. Change who you are at the top right, press “Approve” as Bob and sign in when asked.',
  first: {
    title: 'Write to Scan Bot',
    taken: (now) => (now.is === 'said' ? { by: now.by, conversation: now.conversation } : undefined),
  },
  then: [
    {
      title: 'Get a card that others can approve',
      taken: (now, memory) => {
        const isIt = now.is === 'shown' && now.conversation === memory.conversation && now.verbs.includes('approve');
        return isIt ? memory : undefined;
      },
    },
    {
      title: 'Approve it as somebody else, and see the scan start in the name of who asked',
      taken: (now, memory) => (now.is === 'action' && now.by === memory.by ? { ...memory, action: now.id } : undefined),
    },
    {
      title: 'See it succeed',
      taken: (now, memory) => {
        const isIt = now.is === 'action' && now.id === memory.action && now.status === 'Succeeded';
        return isIt ? memory : undefined;
      },
    },
  ],
});
