import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand } from '../../../src/chat/command/parse-command.ts';
import { nextTime } from '../../../src/scan/schedule/plan.ts';
import { readPlan } from '../../../src/scan/schedule/typed-when.ts';
import { TIMES } from './time-phrasings.ts';

/** A Saturday, 10:30 in Stockholm. */
const NOW = Date.UTC(2026, 10, 21, 9, 30);

/** `2026-11-23 22:00`, with `every 14` before it when it repeats on Mondays and Thursdays; else why it is no time. */
function heard(text: string, language: string): string {
  const command = parseCommand(text, language);
  if (command.name !== 'schedule') return command.name;
  assert.equal(command.device?.toLowerCase(), 'fin-07', text);
  if ('fault' in command.when) return command.when.fault;
  const read = readPlan(command.when.when, { now: NOW, timeZone: 'Europe/Stockholm' });
  if (!read.ok) return read.fault;
  const { when } = read.plan;
  const next = new Date(nextTime(read.plan, NOW)?.at ?? 0);
  const shown = next.toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' }).slice(0, 16);
  return when.is === 'weekly' ? `every ${when.days.join('')} ${shown}` : shown;
}

describe('a time in a command', () => {
  for (const [language, phrasings] of Object.entries(TIMES)) {
    for (const [text, meant] of phrasings) {
      it(`is heard in "${text}" (${language})`, () => {
        assert.equal(heard(text, language), meant);
      });
    }
  }

  it('leaves device, type and reason as they are, wherever it stands', () => {
    const time = fc.constantFrom('at 22:00', 'tomorrow 06:30', 'every monday 22:00', 'on friday at 8pm', 'in 2 hours');
    const reason = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .:-]{0,40}[A-Za-z]$/);
    const order = fc.constantFrom(
      (when: string) => `scan full fin-07 ${when}`,
      (when: string) => `${when} scan full fin-07`,
      (when: string) => `scan ${when} fin-07 full`,
      (when: string) => `schedule a full scan of fin-07 ${when}`,
    );
    fc.assert(
      fc.property(time, reason, order, (when, why, put) => {
        const command = parseCommand(`${put(when)} because ${why}`);
        assert.ok(command.name === 'schedule' && 'when' in command.when);
        const plain = parseCommand(`scan full fin-07 because ${why}`);
        assert.ok(plain.name === 'scan');
        const { device, type, reason: said } = command;
        assert.deepEqual({ device, type, said }, { device: 'fin-07', type: 'Full', said: plain.reason });
      }),
    );
  });

  it('is none in the reason, in quotes, or in a pasted table', () => {
    assert.equal(parseCommand('scan fin-07 because it rang at 22:00').name, 'scan');
    assert.equal(parseCommand('scan fin-07: seen at 22:00 tonight').name, 'scan');
    assert.deepEqual(parseCommand('scan "monday 22:00"'), {
      name: 'scan',
      device: 'monday 22:00',
      type: undefined,
      reason: undefined,
    });
    assert.equal(parseCommand('scan quick\nfin-07\t2026-11-20 22:00\nfin-08\t2026-11-20 23:00').name, 'scan-many');
  });

  it('is for one device', () => {
    const command = parseCommand('scan quick fin-07, fin-08 at 22:00 because patch day');
    assert.deepEqual(command.name === 'schedule' && command.when, { fault: 'many' });
    const scheduled = parseCommand('schedule scan full fin-07, tag:x every monday 22:00 because patch day');
    assert.deepEqual(scheduled.name === 'schedule' && scheduled.when, { fault: 'many' });
  });

  it('is never guessed for another command', () => {
    assert.equal(parseCommand('status fin-07 tomorrow 22:00').name, 'status');
    assert.equal(parseCommand('pause until monday 22:00').name, 'pause');
  });
});

describe('the schedules of a person', () => {
  it('are listed and stopped by name', () => {
    const lists = ['schedules', 'my schedules', 'scheman', 'mina scheman', 'planningen', 'mijn planningen', '我的计划'];
    for (const text of lists) assert.equal(parseCommand(text).name, 'schedules', text);
    const stops = [
      'stop schedule fin-07',
      'cancel the fin-07 schedule',
      'stoppa schemat för fin-07',
      'stop de planning van fin-07',
      '取消 fin-07 的计划',
    ];
    for (const text of stops) assert.deepEqual(parseCommand(text), { name: 'unschedule', device: 'fin-07' }, text);
  });
});
