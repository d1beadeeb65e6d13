import type { TokenExchangeResource } from './token-service.ts';

/** What goes back on an invoke: the HTTP status and the body. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface LoginRequest {
  readonly text: string;
  readonly button: string;
  readonly connection: string;
  readonly link: string;
  /** Undefined where Teams cannot exchange silently: the key is then left out, since an empty one is refused. */
  readonly exchange: TokenExchangeResource | undefined;
}

const DIALOG_SIZE = { height: 'medium', width: 'medium' } as const;

/** The card replaces what this one person sees on this one client; everybody else's changes by an update. */
export function cardAnswer(card: object): InvokeAnswer {
  return wrapped(200, 'application/vnd.microsoft.card.adaptive', card);
}

export function messageAnswer(text: string): InvokeAnswer {
  return wrapped(200, 'application/vnd.microsoft.activity.message', text);
}

export function errorAnswer(statusCode: number, code: string, message: string): InvokeAnswer {
  return wrapped(statusCode, 'application/vnd.microsoft.error', { code, message });
}

/** What a client shows below a field while somebody types. */
export function searchAnswer(results: readonly { readonly title: string; readonly value: string }[]): InvokeAnswer {
  return wrapped(200, 'application/vnd.microsoft.search.searchResponse', { results });
}

/** A dialog over the conversation, with a card in it. */
export function dialogAnswer(title: string, card: object): InvokeAnswer {
  const content = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
  return { status: 200, body: { task: { type: 'continue', value: { title, ...DIALOG_SIZE, card: content } } } };
}

/** The last words of a dialog. */
export function dialogMessage(text: string): InvokeAnswer {
  return { status: 200, body: { task: { type: 'message', value: text } } };
}

/** Before the dialog a window to sign in; the client then asks for the dialog once more. */
export function dialogSignIn(title: string, link: string): InvokeAnswer {
  const actions = [{ type: 'openUrl', title, value: link }];
  return { status: 200, body: { composeExtension: { type: 'auth', suggestedActions: { actions } } } };
}

/** Asks the client for a sign-in; it sends the same invoke again with a token or a code. */
export function loginRequest(login: LoginRequest): InvokeAnswer {
  const { text, button, connection, link, exchange } = login;
  return wrapped(401, 'application/vnd.microsoft.activity.loginRequest', {
    text,
    connectionName: connection,
    ...(exchange !== undefined && { tokenExchangeResource: exchange }),
    buttons: [{ type: 'signin', title: button, text: button, value: link }],
  });
}

export function incorrectAuthCode(): InvokeAnswer {
  return wrapped(401, 'application/vnd.microsoft.error.incorrectAuthCode', null);
}

export function preconditionFailed(message: string): InvokeAnswer {
  return wrapped(412, 'application/vnd.microsoft.error.preconditionFailed', { code: '412', message });
}

export function tokenExchanged(id: string, connectionName: string): InvokeAnswer {
  return { status: 200, body: { id, connectionName, failureDetail: null } };
}

/** Here the HTTP status itself counts: at 412 Teams shows the sign-in button. */
export function tokenNotExchanged(id: string, connectionName: string, failureDetail: string): InvokeAnswer {
  return { status: 412, body: { id, connectionName, failureDetail } };
}

/** Teams wants HTTP 200 whatever happened; the status that counts is in the body. */
function wrapped(statusCode: number, type: string, value: unknown): InvokeAnswer {
  return { status: 200, body: { statusCode, type, value } };
}
