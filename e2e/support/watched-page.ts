import axe, { type Result } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Owner } from './owner.ts';

/*
 * What runs in the page is text: this project's types know no browser.
 */

const reportViolations = `addEventListener('securitypolicyviolation', (violation) =>
  console.error('Content Security Policy', violation.effectiveDirective, violation.blockedURI, violation.sample))`;

/** Half-faded text has another contrast: whatever moves into its place arrives first. */
const settle =
  'Promise.allSettled(document.getAnimations().map((animation) => animation.finished))';

/** What passes is not described: that costs as much as the rules. */
const analyze = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`;

const scrollSideways = `new Promise(requestAnimationFrame).then(() => {
  scrollTo(1000, 0);
  const { scrollLeft, scrollWidth } = document.documentElement;
  scrollTo(0, 0);
  return Math.max(scrollLeft, scrollWidth - innerWidth);
})`;

/** A page of the browser, and everything that it complained about. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Violations of the Content Security Policy, errors of the console and of scripts, each with its page. */
  readonly complaints: string[];
}

/** Opens a page that listens to its own complaints; signed in at `origin` where an owner is given. */
export async function openPage(
  browser: Browser,
  origin: string,
  owner?: Owner,
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const [name = '', value = ''] = owner?.cookie.split('=') ?? [];
  if (owner !== undefined) await context.addCookies([{ name, value, url: origin }]);
  await context.addInitScript(reportViolations);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  return { page, context, complaints };
}

/** Resolves once the page shows its content: a heading, and nothing that is still on its way. */
export async function shown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await settled(page);
}

/** Resolves once nothing moves. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(settle);
}

/** What axe finds in the page once nothing moves, a line a rule and element: what fades in has less contrast. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await settled(page);
  // The document keeps it for the next time. What it may hold in a frame is hidden.
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(axe.source);
  // What axe answers, which `evaluate` cannot know.
  const violations = (await page.evaluate(analyze)) as readonly Result[];
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${help}: ${target} ${any[0]?.message ?? ''}`),
  );
}

/** How many pixels the page can be scrolled sideways at a window of this size. */
export async function sidewaysScroll(page: Page, width: number, height: number): Promise<number> {
  await page.setViewportSize({ width, height });
  return page.evaluate(scrollSideways);
}
