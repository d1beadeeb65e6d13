import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine; undefined where none is installed. */
export function browserHere(): string | undefined {
  return USUAL_PLACES.find((path) => existsSync(path));
}

export function openBrowser(): Promise<Browser> {
  const executablePath = browserHere();
  if (executablePath === undefined) throw new Error('No browser is installed here.');
  return chromium.launch({ executablePath, args: QUIET });
}

/** A suite that needs a browser. Where none is, it is skipped by name. */
export function describeInBrowser(title: string, suite: (this: Mocha.Suite) => void): void {
  if (browserHere() === undefined) describe.skip(`${title} (skipped: no Chromium or Chrome is installed here)`, suite);
  else describe(title, suite);
}
