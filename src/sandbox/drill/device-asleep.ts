import { beginning } from './lesson.ts';

interface Memory {
  readonly action: string;
}

export const deviceAsleep = beginning<Memory>({
  id: 'device-asleep',
  title: 'A device that is asleep',
  text: 'sales-tablet-04 has been off since Tuesday. Ask for a scan of it, see it wait, then wake the device or cancel the scan.',
  hint: 'Type: @Scan Bot scan sales-tablet-04. Later wake it in the world panel, or type: @Scan Bot cancel sales-tablet-04.',
  first: {
    title: 'Ask for a scan of a sleeping device',
    taken: (now) => {
      const waits = now.is === 'action' && now.by !== undefined && now.asleep && now.status === 'Pending';
      return waits ? { action: now.id } : undefined;
    },
  },
  then: [
    {
      title: 'See the card say that it waits',
      // Once the scan is sent, the bot draws a card on which nothing is left to confirm: the one that says it.
      taken: (now, memory) => (now.is === 'shown' && !now.verbs.includes('run') ? memory : undefined),
    },
    {
      title: 'Wake the device, or cancel',
      taken: (now, memory) => {
        const isIt = now.is === 'action' && now.id === memory.action;
        return isIt && (now.status === 'InProgress' || now.status === 'Cancelled') ? memory : undefined;
      },
    },
  ],
});
