import type { DefenderTokens } from '../../entra/on-behalf-of.ts';
import type { Metrics } from '../metrics.ts';

/** People's tokens, with a count of those that were not to be had. */
export function watchedTokens(tokens: DefenderTokens, metrics: Metrics): DefenderTokens {
  return new Proxy(tokens, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'token' && name !== 'accept') return member.bind(target) as unknown;
      return async (...args: readonly unknown[]) => {
        const answer = (await Reflect.apply(member, target, args)) as Awaited<ReturnType<DefenderTokens['token']>>;
        if (!answer.ok) metrics.signInFailed(answer.refusal.kind);
        return answer;
      };
    },
  });
}
