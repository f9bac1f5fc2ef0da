import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { recordSkippedPart } from '../../apps/server/test/support/skipped-parts.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser's program; undefined where the machine has none, which the run's summary then names. */
export const chromiumPath = candidates.find((path) => existsSync(path));

/** Why the browser's journeys do not run here. */
export const chromiumMissing = 'no Chromium found (Debian package: chromium)';

recordSkippedPart(
  'chromium',
  chromiumPath === undefined ? { part: 'Browser journeys', reason: chromiumMissing } : undefined,
);

/** Without these it looks for hosts of its maker at every start. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
];

/** Starts a headless browser. As root it needs to go without its sandbox. */
export function launchChromium(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: asRoot ? [...quiet, '--no-sandbox'] : quiet,
  });
}
