/** Somebody who exists only in the stand-ins. */
export interface SandboxPerson {
  /** Short handle in tests and on the page: `alice`. */
  readonly handle: string;
  readonly oid: string;
  readonly name: string;
  /** User principal name: as Defender names a requester. */
  readonly upn: string;
  /** The id Teams has for this person and the bot: `29:…`. */
  readonly teamsId: string;
  readonly locale: string;
  readonly timeZone: string;
  /** Home tenant; differs from the served one for a guest. */
  readonly tenantId: string;
  /** What Defender lets this person do. */
  readonly rights: { readonly read: boolean; readonly scan: boolean };
  /** Defender device groups that this person may see; undefined means all. */
  readonly deviceGroups?: readonly string[];
}
