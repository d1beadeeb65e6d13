import { beginning } from './lesson.ts';

interface Memory {
  readonly by: string;
  readonly device: string;
}

const OVER: readonly string[] = ['Succeeded', 'Failed', 'TimeOut', 'Cancelled'];

export const somebodyElsesScan = beginning<Memory>({
  id: 'somebody-elses-scan',
  title: 'Somebody else’s scan',
  text: 'Let a colleague start a scan in the Defender portal, then ask for the same device. Scan Bot starts no second one: it follows the one that runs, and tells you whose it is.',
  hint: 'In the world panel, choose a device and “Scan by a colleague”. Then ask Scan Bot for that device and press “Run scan” while it runs.',
  first: {
    title: 'Confirm a scan of a device where one runs already',
    taken: (now) => (now.is === 'busy' ? { by: now.by, device: now.device } : undefined),
  },
  then: [
    {
      title: 'See the colleague’s scan end',
      taken: (now, memory) => {
        const isTheirs = now.is === 'action' && now.device === memory.device && now.by !== memory.by;
        return isTheirs && OVER.includes(now.status) ? memory : undefined;
      },
    },
    {
      title: 'Be told of its end',
      taken: (now, memory) => (now.is === 'told' && now.whom === memory.by ? memory : undefined),
    },
  ],
});
