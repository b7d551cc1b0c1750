import { Connection, type Client } from '@temporalio/client';
import { reachOf } from '../../config/temporal';
import { loadConfig } from '../../config';
import { scenario } from '../support/scenario';
import { startStation, type Station } from '../support/station';
import { startTlsFront, type TlsFront } from '../support/tls-front';

/** A worker that reaches Temporal by mutual TLS only, and has everything that Temporal keeps encrypted. */
let front: TlsFront;
let world: Station;
let secured: Record<string, string>;
beforeAll(async () => {
  front = await startTlsFront(process.env['TEMPORAL_ADDRESS'] ?? '');
  const { ca, cert, key } = front.identity;
  secured = {
    TEMPORAL_ADDRESS: front.address,
    TEMPORAL_TLS_CA: ca,
    TEMPORAL_TLS_CERT: cert,
    TEMPORAL_TLS_KEY: key,
    TEMPORAL_TLS_SERVER_NAME: front.name,
    TEMPORAL_CODEC_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  };
  world = await startStation(undefined, secured);
}, 120_000);
afterAll(async () => {
  // Encrypted: a replay has no key.
  await world.close({ recorded: false });
  await front.close();
});

test('a month runs to its end, and nothing that the worker wrote can be read in Temporal', async () => {
  const wang = await scenario(world, 'secret', 3);
  await wang.billed('2026-07', 100);
  await wang.opens('2026-07');
  await wang.pays(100, await wang.until('2026-07-10'));
  await endedIn(world, wang.customerNo);
  expect(await wang.calendar()).toEqual([
    '2026-07-01 bill-notice: sms+email',
    '2026-07-10 end: paid',
  ]);
  const { hidden, open } = await payloadsOf(world.client, wang.workflowId());
  expect(hidden).toBeGreaterThan(3);
  // What a local activity leaves besides its result is the engine's own: its name, its number, when it ran.
  expect(open.filter((text) => !/"activity_type":"look"/.test(text))).toEqual([]);
  expect(open.join()).not.toContain(wang.customerNo);
});

test.each([
  ['without a certificate', ['TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY']],
  ['without the authority', ['TEMPORAL_TLS_CA']],
  ['by another name', ['TEMPORAL_TLS_SERVER_NAME']],
])('%s nobody is let in', async (_, left) => {
  const env = Object.fromEntries(Object.entries(secured).filter(([name]) => !left.includes(name)));
  const config = loadConfig(env);
  await expect(
    Connection.connect({ address: front.address, ...reachOf(config), connectTimeout: '3s' }),
  ).rejects.toThrow();
});

async function endedIn({ db }: Station, customerNo: string): Promise<void> {
  for (;;) {
    const cycle = await db.cycle.findFirst({ where: { customerNo } });
    if (cycle?.outcome === 'paid') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

type Found = { metadata?: Record<string, Uint8Array>; data?: Uint8Array };
/** Of the cycle's whole history: how many payloads are encrypted, and the texts of those that are not. */
async function payloadsOf(
  client: Client,
  workflowId: string,
): Promise<{ hidden: number; open: string[] }> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const found: Found[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if ((value as Found).metadata?.['encoding'] instanceof Uint8Array) found.push(value);
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(events);
  const isHidden = ({ metadata }: Found) => text(metadata?.['encoding']) === 'binary/encrypted';
  const open = found.filter((one) => !isHidden(one)).map(({ data }) => text(data));
  return { hidden: found.length - open.length, open };
}
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
