import type { Store } from '../scan/ports.ts';

/** The store, with a nudge to whoever works its rows after each commit: what is due now is not left to a timer. */
export function wakingStore(store: Store, wake: () => void): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'commit') return committing(target, wake);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function committing(store: Store, wake: () => void): Store['commit'] {
  return async (write) => {
    const written = await store.commit(write);
    if (written) wake();
    return written;
  };
}
