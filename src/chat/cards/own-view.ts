import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Refresh } from './card-view.ts';
import type { Look } from './look.ts';

/** Where everybody reads along, the requester's clients ask for a view of their own: with risk, alerts and findings. */
export function ownView(request: Pick<ScanRequest, 'id' | 'requester'>, look: Look): { readonly refresh?: Refresh } {
  const { teamsId } = request.requester;
  if (look.detail === 'full' || teamsId === '') return {};
  return { refresh: { request: request.id, userIds: [teamsId] } };
}
