import type { FastifyInstance } from 'fastify';

/** The answer's body. */
export type Ask = (address: string, body?: object) => Promise<unknown>;

/** Not a list nor a detail: the past day and the month at a glance settle the whole book anew, a preview renders, sign-in and Schedules ask another server. */
const NOT_MEASURED = [
  '/campaign-schedules',
  '/campaign-status',
  '/policies/{id}/preview',
  '/recovery/days/{day}',
  '/session/oidc',
  '/session/oidc/callback',
  '/floor',
  '/unsubscribe/{token}',
];
/** What people ask a list besides its first page. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/customers': [
    '?sort=owed',
    '?sort=overdue&limit=200',
    '?search=王',
    '?level=1&stage=billNotice&sort=owed',
    '?flags=screened&minOwedFen=100000',
    '?minOverdueDays=30&sort=owed',
  ],
  '/customers/count': ['?level=1', '?flags=screened,held'],
  '/bills': ['?state=open', '?state=overdue&period=2005-08'],
  '/messages': ['?channel=sms&status=accepted'],
  '/cycles': ['?outcome=open&level=1'],
  '/recovery': ['?by=level', '?by=collector'],
};
/** Neither a list nor a detail: adds up the book, or a month of it, anew. */
export const isSum = (address: string): boolean => /^\/(month|recovery|workload)\b/.test(address);
const PAGES = 10;
type Described = Readonly<{ get?: { responses?: Record<string, { content?: object }> } }>;
/** A list or a detail, and no file: that is as long as what it holds. */
const isMeasured = ([path, { get }]: [string, Described]): boolean =>
  path.startsWith('/api/v1/') && 'application/json' in (get?.responses?.['200']?.content ?? {});

/** Every GET address of the API's document with real numbers in it; of each list also the tenth page, and the queries above. */
export async function addressesOf(app: FastifyInstance, ask: Ask): Promise<string[]> {
  const paths = Object.entries<Described>(app.swagger().paths as Record<string, Described>)
    .filter(isMeasured)
    .map(([path]) => path.slice('/api/v1'.length))
    .filter((path) => !NOT_MEASURED.includes(path));
  const addresses: string[] = [];
  for (const path of paths) {
    const address = await filled(path, ask);
    if (address === null) continue;
    addresses.push(address, ...(QUERIES[path] ?? []).map((query) => `${address}${query}`));
    const deep = await tenthPage(address, ask);
    if (deep !== null) addresses.push(deep);
  }
  return addresses;
}

/** Where a value for each place, or for those of an address, comes from; one that is not named comes from the list that the address begins with. */
const FROM: Readonly<Record<string, string>> = {
  customerNo: '/cycles?outcome=open',
  period: '/cycles?outcome=open',
  billNo: '/bills?state=overdue',
  '/policies/{id}/migration': '/policies?kind=ladder',
};

/** With real values in each place; null, and said, where the list is empty. */
async function filled(path: string, ask: Ask): Promise<string | null> {
  let address = path;
  for (const [place, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const list = FROM[path] ?? FROM[name] ?? path.slice(0, path.indexOf('/{'));
    const { items = [] } = (await ask(list)) as { items?: Record<string, unknown>[] };
    const value = items[0]?.[name];
    if (typeof value !== 'string') {
      process.stderr.write(`${path} is not measured: ${list} has no ${name}\n`);
      return null;
    }
    address = address.replace(place, encodeURIComponent(value));
  }
  return address;
}

async function tenthPage(address: string, ask: Ask): Promise<string | null> {
  let found: string | null = null;
  for (let page = 1; page < PAGES; page += 1) {
    const { nextCursor } = (await ask(found ?? address)) as { nextCursor?: string | null };
    if (nextCursor === undefined || nextCursor === null) return found;
    found = `${address}?cursor=${nextCursor}`;
  }
  return found;
}
