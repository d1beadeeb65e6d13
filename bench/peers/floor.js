import { createPublicKey, verify } from 'node:crypto';
import { Agent, createServer, request as call } from 'node:http';
import { APP_ID, attachment, BOT_TOKEN, listens, OUTSIDE } from './told.js';

/* The least that a turn needs: the server, the signature, the card, one call. No framework, no store, no retry. */

const { keys } = await (await fetch(`${OUTSIDE}/v1/.well-known/keys`)).json();
const byId = new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
const agent = new Agent({ keepAlive: true });

function isGenuine(authorization = '') {
  const [head = '', body = '', signature = ''] = authorization.replace('Bearer ', '').split('.');
  const { kid } = JSON.parse(Buffer.from(head, 'base64url'));
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  const isRight = claims.aud === APP_ID && claims.exp * 1000 > Date.now();
  return isRight && verify('RSA-SHA256', `${head}.${body}`, byId.get(kid), Buffer.from(signature, 'base64url'));
}

function reply({ serviceUrl, conversation, id, recipient, from }) {
  const activity = { type: 'message', attachments: [attachment()], conversation, from: recipient, recipient: from };
  const body = JSON.stringify({ ...activity, replyToId: id });
  const url = `${serviceUrl}v3/conversations/${encodeURIComponent(conversation.id)}/activities/${id}`;
  const headers = { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = call(url, { method: 'POST', agent, headers }, (answer) => answer.resume().on('end', resolve));
    sent.on('error', reject).end(body);
  });
}

async function turn(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const isHeard = isGenuine(request.headers.authorization);
  if (isHeard) await reply(JSON.parse(Buffer.concat(chunks)));
  response.statusCode = isHeard ? 200 : 401;
  response.end();
}

const server = createServer((request, response) => void turn(request, response));
server.listen(0, '127.0.0.1', () => listens(server.address().port));
