import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** The Chromium that bin/browser.mjs found. Root has no sandbox; the pages are our own. @throws when nothing was found yet. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = process.env['TARIM_TEST_CHROMIUM'];
  if (executablePath === undefined)
    throw new Error(
      'TARIM_TEST_CHROMIUM is not set: run this by npm test -- browser, or npm run bench -- console.',
    );
  return chromium.launch({ executablePath, args: ['--no-sandbox'], ...options });
}
