import { html, type HttpAnswer, type HttpCall, type HttpRoute } from '../http.ts';
import type { Cast } from './cast.ts';
import { record, words } from './json.ts';
import type { SignIns } from './sign-ins.ts';

const PATH = '/api/oauth/signin';

/** Where a sign-in link leads: a page that asks who you are and believes it. */
export function signInPage(signIns: SignIns, cast: Cast): readonly HttpRoute[] {
  return [
    { method: 'GET', path: PATH, answer: (call) => ask(call, signIns, cast) },
    { method: 'POST', path: PATH, answer: (call) => finish(call, signIns, cast) },
  ];
}

function ask(call: HttpCall, signIns: SignIns, cast: Cast): HttpAnswer {
  const signin = call.query.get('signin') ?? '';
  if (signIns.page(signin) === undefined) return page(404, '<h1>This sign-in link is not known</h1>');
  const buttons = cast.people.map(
    (person) => `<p><button name="handle" value="${escaped(person.handle)}">${escaped(person.name)}</button></p>`,
  );
  const hidden = `<input type="hidden" name="signin" value="${escaped(signin)}">`;
  return page(200, `<h1>Sign in</h1><form method="post" action="${PATH}">${hidden}${buttons.join('')}</form>`);
}

async function finish(call: HttpCall, signIns: SignIns, cast: Cast): Promise<HttpAnswer> {
  const form = record(call.body);
  const signin = words(form['signin']) ?? '';
  const person = cast.people.find((candidate) => candidate.handle === form['handle']);
  if (person === undefined || signIns.page(signin) === undefined) {
    return page(404, '<h1>This sign-in link is not known</h1>');
  }
  const code = await signIns.complete(signin, person.oid);
  return page(200, `<h1>Signed in as ${escaped(person.name)}</h1><p>Your code: <output>${code}</output></p>`);
}

function page(status: number, body: string): HttpAnswer {
  const head = '<meta charset="utf-8"><title>Sign in</title>';
  return html(status, `<!doctype html><html lang="en"><head>${head}</head><body><main>${body}</main></body></html>`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
