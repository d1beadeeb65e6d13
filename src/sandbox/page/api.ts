/**
 * What the sandbox server and its page say to each other. Types only: the page and the server both import it.
 *
 * GET  /api/world               → World
 * GET  /api/messages?as=alice   → readonly Message[], oldest first: all that this person sees
 * GET  /api/events?as=alice     → server-sent events; name and data as in `PageEvents`
 * GET  /api/wire?after=17       → readonly WireLine[], oldest first
 * POST /api/say, /api/press, /api/look, /api/search, /api/action, /api/sign-in, /api/mood, /api/device, /api/foreign-scan, /api/time-lapse, /api/reset
 *      take the type of that name (application/json only) and answer its `…Answer`, or `Done`.
 * Whatever cannot be done is answered with 400 and `Failed`; the page fetches anew whenever it (re)connects to the events.
 */

import type { WireLine } from './wire.ts';
import type { Exercise, Handle, World } from './world.ts';

export type Card = Readonly<Record<string, unknown>>;

export interface Message {
  readonly id: string;
  /** Id of the place. */
  readonly place: string;
  /** In a channel the id of the thread's first message: of this one itself when it begins the thread. */
  readonly thread?: string;
  readonly author: { readonly kind: 'bot' } | { readonly kind: 'person'; readonly handle: Handle };
  /** As plain text; of a card its summary. */
  readonly text: string;
  /** The text as it is to be shown, safe to insert; mentions are `<span class="mention" data-handle="alice">`, of the bot `data-bot`. Empty beside a card. */
  readonly html: string;
  /** The Adaptive Card as this person sees it. */
  readonly card?: Card;
  /** The card has another view for this person: a client that shows it asks for that by itself, with /api/look. */
  readonly asksForView?: true;
  /** A request to sign in: a text and a button that opens the sign-in window. `done`: this person has signed in through it. */
  readonly signIn?: { readonly text: string; readonly button: string; readonly done: boolean };
  readonly at: number;
  readonly edited: boolean;
  /** People whom it mentions. */
  readonly mentions: readonly Handle[];
  /** What a notification says. */
  readonly summary: string;
}

/** Names and data of the server-sent events. */
export interface PageEvents {
  readonly message: Message;
  /** Also when only this person's own view of the card has changed. */
  readonly edit: Message;
  readonly delete: { readonly id: string; readonly place: string };
  /** The bot is about to say something there; ends with its next message in the place, or after a few seconds. */
  readonly typing: { readonly place: string; readonly thread?: string };
  readonly wire: WireLine;
  readonly world: World;
  readonly drill: readonly Exercise[];
  /** This person was mentioned. */
  readonly toast: Toast;
  /** Everything begins anew: fetch the world, the messages and the wire again. */
  readonly reset: Readonly<Record<string, never>>;
}

export interface Toast {
  readonly summary: string;
  /** Id of the message. */
  readonly message: string;
  readonly place: string;
  readonly thread?: string;
  readonly author: Message['author'];
}

export interface Say {
  readonly as: Handle;
  readonly place: string;
  /** In a channel: the thread to reply in; without it a new thread begins. */
  readonly thread?: string;
  /** In a channel or group chat the bot hears only what mentions it: `@Scan Bot scan fin-laptop-07`. */
  readonly text: string;
}
export type SayAnswer = { readonly ok: true; readonly message: string; readonly thread?: string } | Failed;

export interface Press {
  readonly as: Handle;
  /** Id of the message that holds the card. */
  readonly message: string;
  /** The action as it stands in the card (`toJSON()` of the renderer's action does too). */
  readonly action: {
    readonly type: string;
    readonly title: string;
    readonly id?: string;
    readonly verb?: string;
    readonly data?: unknown;
  };
  /** All inputs of the card as they stand, by id. */
  readonly inputs: Readonly<Record<string, string>>;
}
export interface Look {
  readonly as: Handle;
  /** Id of the message that holds the card. The view comes as an `edit` event. */
  readonly message: string;
}
export interface PressAnswer {
  readonly answer: Answer;
}
export type Answer =
  /** What the person now sees instead; an `edit` event brings it, too. */
  | { readonly kind: 'card'; readonly card: Card }
  /** To be shown to this person only, beside the card. */
  | { readonly kind: 'message'; readonly text: string }
  /** The red bar: refused or not answered. */
  | { readonly kind: 'error'; readonly text: string }
  /** Sign in first: the press is repeated by itself afterwards. Hand `login` to /api/sign-in. */
  | { readonly kind: 'login'; readonly text: string; readonly button: string; readonly login: string }
  | { readonly kind: 'none' };

/** Somebody types into a field that searches, or opens it. */
export interface Search {
  readonly as: Handle;
  /** Id of the message that holds the card. */
  readonly message: string;
  readonly text: string;
}
export interface FoundRow {
  readonly title: string;
  readonly value: string;
}
export interface SearchAnswer {
  readonly rows: readonly FoundRow[];
}

/** “Scan device” in the menu of a message: opened, signed in for, or its dialog submitted. */
export interface ActOnMessage {
  readonly as: Handle;
  readonly message: string;
  readonly does: 'open' | 'sign-in' | 'submit';
  readonly inputs?: Readonly<Record<string, string>>;
}
export type ActionAnswer =
  | { readonly kind: 'card'; readonly card: Card }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'sign-in'; readonly button: string };

/** What somebody does in the sign-in window: of a message with `signIn`, or of an answer of kind `login`. */
export interface SignIn {
  readonly as: Handle;
  readonly message?: string;
  readonly login?: string;
  readonly choice: 'ok' | 'cancel' | 'other-account';
  /** With `other-account`: whose. */
  readonly other?: Handle;
}
/** What came of it: for a `login` the answer to the repeated press. */
export type SignInAnswer = { readonly ok: true; readonly answer: Answer } | Failed;

export interface SetMood {
  readonly id: string;
  readonly on: boolean;
}
export interface SetDevice {
  readonly id: string;
  readonly asleep: boolean;
}
/** A colleague starts a scan in the Defender portal. */
export interface ForeignScan {
  readonly device: string;
  readonly type?: 'Quick' | 'Full';
}
export interface SetTimeLapse {
  readonly factor: number;
}

export type Done = { readonly ok: true } | Failed;
export interface Failed {
  readonly error: string;
}
