import type { Store } from '../scan/ports.ts';

/** The store, with a nudge to whoever works its rows after each commit: what is due now is not left to a timer. */
export function wakingStore(
  store: Store,
  wake: () => void,
  commit: Store['commit'] = (write) => store.commit(write),
): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'commit') return committing(commit, wake);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function committing(commit: Store['commit'], wake: () => void): Store['commit'] {
  return async (write) => {
    const written = await commit(write);
    if (written) wake();
    return written;
  };
}
