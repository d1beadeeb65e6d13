import { spawn } from 'node:child_process';

export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command that opens an address in somebody's browser; undefined where nobody sits. */
export function browserCommand(url: string, { platform, env }: Desktop): readonly [string, ...string[]] | undefined {
  if ((env['CI'] ?? '') !== '') return undefined;
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url];
  const hasScreen = (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  return hasScreen ? ['xdg-open', url] : undefined;
}

/** Whether it worked out is seen by the person: the address stands in the terminal as well. */
export function openBrowser(url: string, desktop: Desktop): void {
  const command = browserCommand(url, desktop);
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
