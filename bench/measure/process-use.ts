import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process has used so far, as Linux counts it. */
export interface ProcessUse {
  /** Of a processor, in milliseconds. */
  readonly cpu: number;
  /** Resident memory, in MB. */
  readonly memory: number;
  /** The most that it ever was. */
  readonly peak: number;
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

export function useOf(pid: number): ProcessUse {
  // The name of the process stands in brackets and may hold anything: the numbers follow the last one.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const inMb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
  return { cpu: (ticks * 1000) / TICKS_PER_SECOND, memory: inMb('VmRSS'), peak: inMb('VmHWM') };
}
