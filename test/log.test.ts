import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLog } from '../src/log.ts';
import type { Log, LogLevel } from '../src/log.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxIn0.c2lnbmF0dXJl';

function listening(level: LogLevel = 'debug'): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLog(level, { write: (line) => void lines.push(line) }) };
}

function written(tell: (log: Log) => void): string {
  const { log, lines } = listening();
  tell(log);
  assert.equal(lines.length, 1);
  return lines[0]!;
}

function only(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

describe('the log', () => {
  it('writes one JSON line with level, time, facts and message', () => {
    const line = only(
      written((log) => {
        log.info({ request: 'r-1', stage: 'proposed' }, 'moved');
      }),
    );
    assert.match(String(line['time']), /^\d{4}-\d\d-\d\dT/);
    delete line['time'];
    assert.deepEqual(line, { level: 'info', request: 'r-1', stage: 'proposed', msg: 'moved' });
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = listening('warn');
    log.debug({}, 'one');
    log.info({}, 'two');
    log.warn({}, 'three');
    log.error({}, 'four');
    assert.deepEqual(
      lines.map((line) => only(line)['msg']),
      ['three', 'four'],
    );
  });

  it('writes nothing when silent', () => {
    const { log, lines } = listening('silent');
    log.error({}, 'unheard');
    assert.deepEqual(lines, []);
  });

  it('hides what travels under the name of a secret, at every depth', () => {
    const names = ['token', 'accessToken', 'client_secret', 'Authorization', 'comment', 'Comment', 'text', 'body'];
    names.push('MicrosoftAppPassword', 'assertion', 'client-assertion', 'set-cookie', 'privateKey', 'signInLink');
    const secrets = Object.fromEntries(names.map((name) => [name, 'hush']));
    const line = written((log) => {
      log.warn({ ...secrets, inner: { list: [{ ...secrets }] } }, 'x');
    });
    assert.doesNotMatch(line, /hush/);
  });

  it('keeps counts and claims about them', () => {
    const line = only(
      written((log) => {
        log.info({ hasToken: true, comment: 12, context: 'channel' }, 'x');
      }),
    );
    assert.equal(line['hasToken'], true);
    assert.equal(line['comment'], 12);
    assert.equal(line['context'], 'channel');
  });

  it('cuts tokens out of any text', () => {
    const line = written((log) => {
      log.error({ detail: `got ${JWT}`, list: [`Bearer abc.def`] }, `sent ${JWT} to`);
    });
    assert.doesNotMatch(line, /eyJ|abc\.def/);
    assert.match(line, /got \[hidden\]/);
  });

  it('shows of an error its name, message, code, place and cause, and nothing that hangs on it', () => {
    const cause = new Error('socket closed');
    const error = Object.assign(new Error(`refused ${JWT}`, { cause }), {
      code: 'ECONNRESET',
      statusCode: 502,
      request: { headers: { authorization: 'Bearer xyz' }, url: 'hush' },
    });
    const line = written((log) => {
      log.error({ err: error }, 'x');
    });
    const { err } = only(line) as { err: Record<string, unknown> };
    assert.deepEqual(Object.keys(err), ['name', 'message', 'code', 'statusCode', 'at', 'cause']);
    assert.equal(err['message'], 'refused [hidden]');
    assert.equal((err['cause'] as Record<string, unknown>)['message'], 'socket closed');
    assert.doesNotMatch(line, /hush|xyz|eyJ/);
  });

  it('takes an error in place of facts', () => {
    assert.match(
      written((log) => {
        log.error(new Error('broken'), 'x');
      }),
      /"err":\{"name":"Error","message":"broken"/,
    );
  });

  it('does not repeat the text that a parser could not read', () => {
    const line = written((log) => {
      try {
        JSON.parse('because of the payroll');
      } catch (error) {
        log.warn({ err: error }, 'unreadable');
      }
    });
    assert.doesNotMatch(line, /payroll|because/);
  });

  it('survives rings and depths', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    assert.match(
      written((log) => {
        log.info(ring, 'x');
      }),
      /\[deep\]/,
    );
  });

  it('writes exactly one readable line for any facts', () => {
    fc.assert(
      fc.property(
        fc.object({ withBigInt: true, withDate: true, withNullPrototype: true }),
        fc.string(),
        (facts, message) => {
          const line = written((log) => {
            log.info(facts, message);
          });
          assert.equal(line.trimEnd().includes('\n'), false);
          assert.equal(typeof only(line), 'object');
        },
      ),
    );
  });
});
