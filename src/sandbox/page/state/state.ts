import type { Message, SignIn, Toast } from '../api.ts';
import type { Handle, PlaceInfo, World } from '../world.ts';
import type { WireLine } from '../wire.ts';

export type PanelTab = 'drill' | 'world' | 'wire';

export interface Unread {
  readonly count: number;
  readonly mentioned: boolean;
}

/** What stands under a message after its card was pressed; only this person sees it. */
export type Note =
  | { readonly kind: 'message' | 'error'; readonly text: string }
  | { readonly kind: 'login'; readonly text: string; readonly button: string; readonly login: string };

export interface Typing {
  readonly place: string;
  readonly thread: string | undefined;
  readonly until: number;
}

/** The sign-in window, and for what it is open. */
export interface SignInWindow {
  readonly text: string;
  readonly of: Pick<SignIn, 'message' | 'login'>;
  /** The message under which the answer is shown. */
  readonly message: string;
}

export interface ShownToast extends Toast {
  readonly n: number;
}

/** Everything that the page shows, as this person sees it. */
export interface State {
  readonly me: Handle;
  readonly world: World | undefined;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** The place that is open. */
  readonly place: string;
  readonly unread: Readonly<Record<string, Unread>>;
  readonly typing: readonly Typing[];
  readonly notes: Readonly<Record<string, Note>>;
  /** Messages whose card is this person's own view. */
  readonly ownViews: readonly string[];
  readonly toasts: readonly ShownToast[];
  readonly signIn: SignInWindow | undefined;
  readonly wire: readonly WireLine[];
  readonly online: boolean;
  /** Whether everything that this person sees has been fetched. */
  readonly loaded: boolean;
  readonly tab: PanelTab;
  readonly panelOpen: boolean;
  readonly railOpen: boolean;
}

export function emptyState(me: Handle): State {
  return {
    me,
    world: undefined,
    messages: [],
    place: '',
    unread: {},
    typing: [],
    notes: {},
    ownViews: [],
    toasts: [],
    signIn: undefined,
    wire: [],
    online: true,
    loaded: false,
    tab: 'drill',
    panelOpen: false,
    railOpen: false,
  };
}

/** The places that this person sees. */
export function placesOf({ world, me }: State): readonly PlaceInfo[] {
  return (world?.places ?? []).filter(({ members }) => members.includes(me));
}

/** The open place; where this person does not see it, the first one. */
export function openPlace(state: State): PlaceInfo | undefined {
  const places = placesOf(state);
  return places.find(({ id }) => id === state.place) ?? places[0];
}
