import { parseArgs } from 'node:util';

export interface Flags {
  readonly open: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
  /** Instead of the page: `npm run doctor` in the bot's own surroundings. */
  readonly doctor: boolean;
  readonly dataDir: string | undefined;
  readonly port: number | undefined;
}

export type FlagsReading = { readonly ok: true; readonly flags: Flags } | { readonly ok: false; readonly why: string };

export const USAGE = `npm run sandbox -- [options]

  --no-open      does not open the browser
  --data DIR     keeps the bot's store and log there; without it nothing is kept
  --port N       the port of the page (5180, or the next that is free)
  --verbose      shows the bot's log
  --doctor       opens no page: lets the doctor look at this bot, and ends`;

const HIGHEST_PORT = 65_535;

const OPTIONS = {
  'no-open': { type: 'boolean' },
  verbose: { type: 'boolean' },
  doctor: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  data: { type: 'string' },
  port: { type: 'string' },
} as const;

export function readFlags(args: readonly string[]): FlagsReading {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(/^\d+$/.test(values.port ?? '') && port <= HIGHEST_PORT)) {
      return { ok: false, why: '--port takes a number up to 65535.' };
    }
    if (values.data === '') return { ok: false, why: '--data takes a folder.' };
    const { verbose = false, help = false, doctor = false, data: dataDir } = values;
    return { ok: true, flags: { open: values['no-open'] !== true, verbose, help, doctor, dataDir, port } };
  } catch (fault) {
    return { ok: false, why: fault instanceof Error ? fault.message : 'The options cannot be read.' };
  }
}
