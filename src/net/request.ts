import * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import nodeFetch from 'node-fetch';
import type { Response as NodeResponse } from 'node-fetch';
import { SECOND } from '../scan/time.ts';

const IDLE = 30 * SECOND;
const LARGEST = 1 << 20;
const KEYS_TIMEOUT = 5 * SECOND;

export interface NetRequest {
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For everything together: connecting, waiting and the whole body. */
  readonly timeoutMs: number;
  readonly maxBytes?: number;
}

export type NetFailure = 'timeout' | 'network' | 'redirect' | 'too-large';

export type NetAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  /** `detail` is host, path and an error code: fit for a log. */
  | { readonly ok: false; readonly why: NetFailure; readonly detail: string };

/** What jose hands to a fetch of one's own, as far as it counts here. */
export interface NetFetchOptions {
  readonly method: string;
  readonly headers: Headers;
}

/** The way out of the process. Nothing is tried twice here: who asks knows whether that is safe. */
export interface Net {
  request(request: NetRequest): Promise<NetAnswer>;
  /** The same as a `fetch`, for jose's key sets: throws `NetFault` where `request` would answer `ok: false`. */
  fetch(url: string, options: NetFetchOptions): Promise<Response>;
}

export class NetFault extends Error {
  override readonly name = 'NetFault';
  readonly why: NetFailure;

  constructor(why: NetFailure, detail: string) {
    super(detail);
    this.why = why;
  }
}

/** `extraCa`: certificates trusted besides Node's own, as PEM. */
export function createNet(options: { readonly extraCa?: string } = {}): Net {
  const agentFor = keepAliveAgents(options.extraCa);
  const request = (wanted: NetRequest): Promise<NetAnswer> => send(wanted, agentFor);
  return { request, fetch: (url, wanted) => fetchThrough(request, url, wanted) };
}

type AgentFor = (url: URL) => http.Agent;

/** Sockets at rest are closed early: one that the other side has closed would cost a start its certainty. */
function keepAliveAgents(extraCa: string | undefined): AgentFor {
  const options = { keepAlive: true, timeout: IDLE };
  const trusted = extraCa === undefined ? {} : { ca: [...tls.getCACertificates('default'), extraCa] };
  const plain = new http.Agent(options);
  const secure = new https.Agent({ ...options, ...trusted });
  return (url) => (url.protocol === 'https:' ? secure : plain);
}

async function send(request: NetRequest, agent: AgentFor): Promise<NetAnswer> {
  const url = new URL(request.url);
  const tooLate = new AbortController();
  // Cleared with the answer: a signal with a timeout of its own would live on until then.
  const timer = setTimeout(() => {
    tooLate.abort();
  }, request.timeoutMs);
  try {
    const response = await nodeFetch(url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'error',
      size: request.maxBytes ?? LARGEST,
      agent,
      signal: tooLate.signal,
    });
    return await answer(response);
  } catch (fault) {
    const why = tooLate.signal.aborted ? 'timeout' : failure(fault);
    return { ok: false, why, detail: `${url.host}${url.pathname}: ${why === 'network' ? codeOf(fault) : why}` };
  } finally {
    clearTimeout(timer);
  }
}

async function answer(response: NodeResponse): Promise<NetAnswer> {
  const text = await response.text();
  return { ok: true, status: response.status, headers: Object.fromEntries(response.headers), text };
}

function failure(fault: unknown): NetFailure {
  const type = wordOf(fault, 'type');
  if (type === 'no-redirect') return 'redirect';
  return type === 'max-size' ? 'too-large' : 'network';
}

/** Never the message: it can quote what was sent. */
function codeOf(fault: unknown): string {
  return wordOf(fault, 'code') ?? wordOf(fault, 'type') ?? 'network';
}

function wordOf(fault: unknown, key: 'code' | 'type'): string | undefined {
  const word: unknown =
    typeof fault === 'object' && fault !== null && key in fault ? Reflect.get(fault, key) : undefined;
  return typeof word === 'string' && /^[\w-]{1,64}$/.test(word) ? word : undefined;
}

async function fetchThrough(request: Net['request'], url: string, options: NetFetchOptions): Promise<Response> {
  const headers = Object.fromEntries(options.headers);
  const reply = await request({ url, method: options.method, headers, timeoutMs: KEYS_TIMEOUT });
  if (!reply.ok) throw new NetFault(reply.why, reply.detail);
  const bodiless = reply.status === 204 || reply.status === 304;
  return new Response(bodiless ? undefined : reply.text, { status: reply.status });
}
