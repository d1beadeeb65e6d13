/** What of a list somebody wrote: one device, or a word for some of them. */
export type DeviceSource =
  | { readonly is: 'device'; readonly typed: string }
  | { readonly is: 'tag'; readonly tag: string }
  | { readonly is: 'group'; readonly group: string }
  /** The device that an alert was raised on. */
  | { readonly is: 'alert'; readonly id: string }
  /** The devices that an incident's alerts were raised on. */
  | { readonly is: 'incident'; readonly number: number };

/** Sources that stand for any number of devices. */
export type Selector = Exclude<DeviceSource, { is: 'device' }>;

/** In one request. Defender takes about as many starts in half an hour, with room for everybody else. */
export const MOST_DEVICES = 500;

/** As somebody would write it. */
export function sourceText(source: DeviceSource): string {
  switch (source.is) {
    case 'device':
      return source.typed;
    case 'tag':
      return `tag:${source.tag}`;
    case 'group':
      return `group:${source.group}`;
    case 'alert':
      return `alert:${source.id}`;
    case 'incident':
      return `incident:${String(source.number)}`;
  }
}
