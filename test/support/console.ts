import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Role } from '../../domain/permissions';
import { startApi, type TestApi } from './api';
import { addPerson, openBrowser, PASSWORD } from './browser';
import { launchChromium } from './chromium';
import { startStation, type Station } from './station';
import { until } from './until';

export type Language = 'zh-CN' | 'en';
type Screen = Readonly<{ language?: Language; width?: number; height?: number }>;
export type Visit = Readonly<{
  page: Page;
  /** What the browser refused to run or show, and what the page threw; to be empty. */
  faults: readonly string[];
  /** What axe finds serious or critical on the page as it is, as `rule: where`. */
  axe: () => Promise<string[]>;
  seen: () => Promise<Seen>;
  byRole: (role: Parameters<Page['getByRole']>[0], name: string | RegExp) => Locator;
}>;

/** What a visit has cost so far. */
export type Seen = Readonly<{
  /** How much what is shown has jumped (cumulative layout shift). */
  shift: number;
  firstContentMs: number;
  /** Of scripts, as they travelled, before the page asked for what it is about. */
  scriptBytes: number;
}>;

/** The real stack with its console in a real browser: one for all tests of a file. */
export type ConsoleStack = Readonly<{
  station: Station;
  api: TestApi;
  url: string;
  /** A browser of its own at an address, signed in as the person of that role and those stations; null: all. */
  as: (
    role: Role,
    at: string,
    more?: Readonly<{ stations?: string[] | null }> & Screen,
  ) => Promise<Visit>;
  /** The same, not signed in. */
  visit: (at: string, more?: Screen) => Promise<Visit>;
  /** Of every visit so far: a page that stays open goes on reading, beside whatever is looked at next. */
  closePages: () => Promise<void>;
  close: () => Promise<void>;
}>;

const STILL = `document.getAnimations().every(
  ({ playState, effect }) => playState !== 'running' || effect.getComputedTiming().iterations === Infinity)`;
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Starts Postgres' database, the worker, the API and Chromium; `close` ends all of it. The console must be built (bin/test.mjs does). */
export async function startConsole(): Promise<ConsoleStack> {
  const station = await startStation();
  const api = await startApi({}, { url: station.databaseUrl });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const browser = await launchChromium();
  const stack = { url, browser };
  const sessions = new Map<string, string>();
  return {
    station,
    api,
    url,
    visit: (at, more) => visit(stack, at, more),
    async as(role, at, { stations = null, ...more } = {}) {
      const who = `${role}-${stations?.join('-') ?? 'all'}`.toLowerCase();
      const session = sessions.get(who) ?? (await sessionOf(api, who, { role, stations }));
      sessions.set(who, session);
      return visit(stack, at, { ...more, session });
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await api.close();
      await station.close();
    },
  };
}

/** Signing in costs a quarter of a second of hashing; the tests of the sign-in page pay it, the others share one session a role. */
async function sessionOf(
  api: TestApi,
  username: string,
  { role, stations }: { role: Role; stations: string[] | null },
): Promise<string> {
  await addPerson(api, username, { role, stations });
  const browser = openBrowser(api);
  await browser.signIn(username);
  return browser.cookies.get('tarim') ?? '';
}

/** Fills in the sign-in page, in either language. */
export async function signIn({ page }: Pick<Visit, 'page'>, username: string): Promise<void> {
  await page.getByLabel(/用户名|Username/).fill(username);
  await page.getByLabel(/密码|Password/).fill(PASSWORD);
  await page.getByRole('button', { name: /登录|Sign in/ }).click();
  await page.getByRole('button', { name: /退出登录|Sign out/ }).waitFor();
}

async function visit(
  { url, browser }: { url: string; browser: Browser },
  at: string,
  { language = 'zh-CN', width = 1280, height = 800, session }: Screen & { session?: string } = {},
): Promise<Visit> {
  // What moves can be missed by a click.
  const viewport = { width, height };
  const context = await browser.newContext({ locale: language, viewport, reducedMotion: 'reduce' });
  if (session !== undefined)
    await context.addCookies([{ name: 'tarim', value: session, url, httpOnly: true }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('console', (said) => {
    // A refused sign-in is an answer too; the browser logs every 4xx by itself.
    const expected = /Failed to load resource/.test(said.text());
    if (['error', 'warning'].includes(said.type()) && !expected) faults.push(said.text());
  });
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (e) => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));",
  );
  await page.addInitScript(SHIFTS);
  await page.goto(url + at);
  return {
    page,
    faults,
    axe: () => serious(page),
    seen: () => page.evaluate(SEEN),
    byRole: (role, name) => page.getByRole(role, { name }),
  };
}

/** As the browser itself counts it: what a person's own press moves is none. */
const SHIFTS = `window.shift = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shift += value;
}).observe({ type: 'layout-shift', buffered: true });`;
const SEEN = `(() => {
  const all = performance.getEntriesByType('resource').sort((a, b) => a.startTime - b.startTime);
  const isData = ({ name }) => name.includes('/api/v1/') && !name.endsWith('/session');
  const asked = all.find(isData)?.startTime ?? Infinity;
  const scripts = all.filter(({ startTime, name }) => startTime < asked && name.endsWith('.js'));
  return {
    shift: window.shift,
    firstContentMs: Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1),
    scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  };
})()`;

type Found = Readonly<{
  violations: readonly Readonly<{
    id: string;
    impact: string | null;
    nodes: readonly Readonly<{ target: readonly unknown[]; failureSummary?: string }>[];
  }>[];
}>;

async function serious(page: Page): Promise<string[]> {
  // What is on its way in or out is neither here nor gone.
  await until('nothing on the page moves', () => page.evaluate<boolean>(STILL));
  await page.evaluate(axeSource);
  const found = await page.evaluate<Found>('axe.run()');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id}: ${String(target)} ${failureSummary}`),
    );
}
