import type { Person } from '../scan/person.ts';
import { answered, refused } from '../scan/refusal.ts';
import type { Answer } from '../scan/refusal.ts';
import type { TokenService } from '../teams/token-service.ts';

/** The Token Service's answer in the words that Entra's room understands. */
export async function keptSignIn(tokenService: TokenService, person: Person): Promise<Answer<string>> {
  const kept = await tokenService.getToken(person.teamsId);
  if (kept.ok) return answered(kept.token);
  if (kept.why === 'none') return refused('sign-in-needed', { code: kept.code });
  return refused(kept.why === 'refused' ? 'entra-misconfigured' : 'entra-unavailable', { code: kept.code });
}
