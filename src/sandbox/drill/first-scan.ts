import { beginning } from './lesson.ts';

interface Memory {
  readonly by: string;
  readonly conversation: string;
  readonly action?: string;
}

export const firstScan = beginning<Memory>({
  id: 'first-scan',
  title: 'Your first scan',
  text: 'Bob wrote about alert 3212 on fin-laptop-07. Ask Scan Bot for a full scan of it, confirm it on the card, and wait for the end. Defender soon says Succeeded: the device has taken the scan. The end comes later, and Scan Bot waits for it.',
  hint: 'In the channel: @Scan Bot scan full fin-laptop-07 because alert 3212. Then press “Run scan” and sign in when asked.',
  first: {
    title: 'Write to Scan Bot',
    taken: (now) => (now.is === 'said' ? { by: now.by, conversation: now.conversation } : undefined),
  },
  then: [
    {
      title: 'Get a card to confirm',
      taken: (now, memory) => {
        const isIt = now.is === 'shown' && now.conversation === memory.conversation && now.verbs.includes('run');
        return isIt ? memory : undefined;
      },
    },
    {
      title: 'Confirm it, and see the scan start in your name',
      taken: (now, memory) => (now.is === 'action' && now.by === memory.by ? { ...memory, action: now.id } : undefined),
    },
    {
      title: 'See the device take it: Defender calls that Succeeded',
      taken: (now, memory) => {
        const isIt = now.is === 'action' && now.id === memory.action && now.status === 'Succeeded';
        return isIt ? memory : undefined;
      },
    },
    {
      title: 'Be told when the scan has really ended',
      taken: (now, memory) => (now.is === 'told' && now.whom === memory.by ? memory : undefined),
    },
  ],
});
