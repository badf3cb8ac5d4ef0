// The browser of the browser tests: a Chromium on this machine.
import { chromiumPath } from '../../runtime/chromium.ts';

/** Flags under which Chromium makes no call of its own and runs as root. */
export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** The path of Chromium; throws a `Problem` saying what to do when there is none. */
export function chromium(): string {
  return chromiumPath();
}
