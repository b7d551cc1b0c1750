import type { Browser, BrowserContext, Page } from 'playwright-core';
import { percentilesOf } from './measure';

/** Milliseconds of several. */
export type Spread = Readonly<{ p50: number; max: number }>;
export type Visit = Readonly<{
  /** Until the first content is painted (first contentful paint). */
  paintedMs: Spread;
  /** Until what the page is about is there. */
  readyMs: Spread;
}>;
export type Scrolling = Readonly<{
  /** That were read in the end, and how long it took with the wheel never at rest. */
  rows: number;
  seconds: number;
  /** Between two frames. */
  frameMs: Readonly<{ p50: number; p99: number; max: number }>;
  /** Longer than 50 ms, in which the page did not answer. */
  longTasks: number;
  /** Rows in the document at once. */
  drawnMax: number;
  heapMib: number;
  /** Asked of the API in all, and when the window was looked at again afterwards. */
  pagesRead: number;
  pagesReadAgain: number;
}>;

export type House = Readonly<{
  browser: Browser;
  url: string;
  person: Readonly<{ username: string; password: string }>;
}>;

const WHEEL = 4_000;
const SCROLL_MS = 180_000;

/** So many visits, each with an empty cache, until what is found by `selector` is there. */
export async function visits(
  house: House,
  at: string,
  selector: string,
  rounds: number,
): Promise<Visit> {
  const painted: number[] = [];
  const ready: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { context, page } = await arrive(house, at);
    await page.locator(`main :is(${selector})`).first().waitFor();
    ready.push(await page.evaluate<number>('performance.now()'));
    painted.push(await page.evaluate<number>(PAINTED));
    await context.close();
  }
  return { paintedMs: spreadOf(painted), readyMs: spreadOf(ready) };
}

/** Looks for one customer after the other in the same page. */
export async function searching(house: House, customerNos: readonly string[]): Promise<Spread> {
  const { context, page } = await arrive(house, '/customers');
  const took: number[] = [];
  for (const customerNo of customerNos) {
    await page.getByLabel('搜索').fill(customerNo);
    const asked = performance.now();
    await page.getByLabel('搜索').press('Enter');
    await page.getByText('共 1 户').waitFor();
    await page.getByRole('link', { name: customerNo }).waitFor();
    took.push(performance.now() - asked);
  }
  await context.close();
  return spreadOf(took);
}

/** Turns the wheel until the last row has been read, and looks at the window again. @throws when that takes more than three minutes. */
export async function scrolling(house: House): Promise<Scrolling> {
  const { context, page } = await arrive(house, '/customers');
  const table = page.getByRole('table', { name: '客户' });
  await page.locator('[aria-rowindex] a').first().waitFor();
  let pagesRead = 0;
  page.on('request', (request) => {
    if (/\/api\/v1\/customers\?/.test(request.url())) pagesRead += 1;
  });
  await table.hover();
  await page.evaluate(WATCH);
  const began = performance.now();
  // Unknown is -1 while there is more.
  while ((await table.getAttribute('aria-rowcount')) === '-1') {
    await page.mouse.wheel(0, WHEEL);
    if (performance.now() - began > SCROLL_MS) throw new Error('the last row was never reached');
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const { frames, ...seen } = await page.evaluate<Watched>('window.watched');
  const rows = Number(await table.getAttribute('aria-rowcount')) - 1;
  const before = pagesRead;
  await lookAgain(page);
  const at = percentilesOf(frames);
  const frameMs = { p50: Math.round(at(0.5)), p99: Math.round(at(0.99)), max: Math.round(at(1)) };
  await context.close();
  return { rows, seconds, frameMs, ...seen, pagesRead: before, pagesReadAgain: pagesRead - before };
}

/** As when somebody comes back from another window after the answers have become stale. */
async function lookAgain(page: Page): Promise<void> {
  await page.waitForTimeout(STALE_MS);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.waitForTimeout(STALE_MS);
}
const STALE_MS = 6_000;

type Watched = Omit<Scrolling, 'rows' | 'seconds' | 'frameMs' | 'pagesRead' | 'pagesReadAgain'> & {
  frames: number[];
};
const WATCH = `window.watched = { frames: [], longTasks: 0, drawnMax: 0, heapMib: 0 };
new PerformanceObserver((list) => { watched.longTasks += list.getEntries().length; }).observe({ type: 'longtask' });
(function frame(last) {
  requestAnimationFrame((now) => {
    watched.frames.push(now - last);
    watched.drawnMax = Math.max(watched.drawnMax, document.querySelectorAll('[aria-rowindex]').length);
    watched.heapMib = Math.round(performance.memory.usedJSHeapSize / 1048576);
    frame(now);
  });
})(performance.now());`;
const PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime";

/** Signs in once, and then comes as somebody who is signed in and has nothing in the cache. */
async function arrive(
  { browser, url, person }: House,
  at: string,
): Promise<Readonly<{ context: BrowserContext; page: Page }>> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const headers = { origin: url };
  const answer = await context.request.post(`${url}/api/v1/session`, { data: person, headers });
  if (!answer.ok()) throw new Error(`could not sign in: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(url + at);
  return { context, page };
}

function spreadOf(took: readonly number[]): Spread {
  const at = percentilesOf(took);
  return { p50: Math.round(at(0.5)), max: Math.round(at(1)) };
}
