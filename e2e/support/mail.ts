import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { shown } from './watched-page.ts';

/** Opens the link in the newest mail that says this, as somebody who reads it; waits until it has come. */
export async function openMailed(page: Page, mailUrl: string, said: RegExp): Promise<void> {
  const mail = page.getByRole('article').filter({ hasText: said }).first();
  await expect
    .poll(
      async () => {
        await page.goto(mailUrl);
        return mail.isVisible();
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  await mail.getByRole('link').first().click();
  await shown(page);
}
