import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { codecOf } from '../../../config/temporal-codec';
import { startApi, type Caller, type TestApi } from '../../support/api';

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const UI = 'https://temporal.example.test';

let api: TestApi;
let chen: Caller;
beforeAll(async () => {
  api = await startApi({ TEMPORAL_CODEC_KEYS: KEYS, TEMPORAL_UI_ORIGIN: UI });
  chen = await api.as('supervisor');
});
afterAll(() => api.close());

async function encrypted(value: unknown): Promise<object> {
  const [payload = {}] = await codecOf(KEYS).encode([defaultPayloadConverter.toPayload(value)]);
  return toJson(payload);
}
const base64 = (bytes: Uint8Array | null | undefined) =>
  Buffer.from(bytes ?? []).toString('base64');
const toJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([k, v]) => [k, base64(v)])),
  data: base64(data),
});

test('what Temporal keeps is decrypted for whoever may see how the system works', async () => {
  const payloads = [await encrypted({ customerNo: 'C00001' })];
  const answer = await chen.send('POST', '/codec/decode', { payloads });
  expect(answer.json()).toEqual({
    payloads: [toJson(defaultPayloadConverter.toPayload({ customerNo: 'C00001' }))],
  });
  const clerk = await api.as('clerk');
  expect((await clerk.send('POST', '/codec/decode', { payloads })).statusCode).toBe(403);
});

test('what was not encrypted here, or by a key that is gone, is refused with a sentence', async () => {
  const [payload = {}] = await codecOf(`k9:${Buffer.alloc(32).toString('base64')}`).encode([
    defaultPayloadConverter.toPayload(1),
  ]);
  const gone = await chen.send('POST', '/codec/decode', { payloads: [toJson(payload)] });
  expect(gone.json()).toMatchObject({
    status: 409,
    detail: expect.stringContaining('k9') as unknown,
  });
  const metadata = {
    encoding: base64(Buffer.from('binary/encrypted')),
    'encryption-key-id': base64(Buffer.from('k1')),
  };
  const nonsense = await chen.send('POST', '/codec/decode', {
    payloads: [{ metadata, data: 'AAAA' }],
  });
  expect(nonsense.json()).toMatchObject({ status: 409, detail: 'It was not encrypted here.' });
});

test("Temporal's page is let in by its origin, and no other page is", async () => {
  const asked = await api.app.inject({ method: 'OPTIONS', url: '/api/v1/codec/decode' });
  expect(asked.statusCode).toBe(204);
  expect(asked.headers['access-control-allow-origin']).toBe(UI);
  expect(asked.headers['access-control-allow-credentials']).toBe('true');
});
