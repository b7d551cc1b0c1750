import { defaultPayloadConverter } from '@temporalio/common';
import { codecOf } from '../../config/temporal-codec';

const [A, B] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
const plain = defaultPayloadConverter.toPayload({ customerNo: 'C00001' });

test('what is encrypted shows nothing of itself, differs each time, and comes back as it was', async () => {
  const codec = codecOf(`k1:${A}`);
  const [one, other] = await codec.encode([plain, plain]);
  expect(Buffer.from(one?.data ?? []).toString('latin1')).not.toContain('C00001');
  expect(one?.data).not.toEqual(other?.data);
  const [back] = await codec.decode([one ?? {}]);
  expect(defaultPayloadConverter.fromPayload(back ?? {})).toEqual({ customerNo: 'C00001' });
});

test('after a change of keys the old one still decrypts, and the first encrypts', async () => {
  const [old] = await codecOf(`k1:${A}`).encode([plain]);
  const changed = codecOf(`k2:${B}\nk1:${A}`);
  const [fresh] = await changed.encode([plain]);
  expect(Buffer.from(fresh?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('k2');
  for (const [back] of [await changed.decode([old ?? {}]), await changed.decode([fresh ?? {}])])
    expect(defaultPayloadConverter.fromPayload(back ?? {})).toEqual({ customerNo: 'C00001' });
});

test('what was kept before there were keys is read as it is', async () => {
  expect(await codecOf(`k1:${A}`).decode([plain])).toEqual([plain]);
});

test('a key that is missing is named, and what was tampered with is refused', async () => {
  const [hidden = {}] = await codecOf(`k1:${A}`).encode([plain]);
  await expect(codecOf(`k2:${B}`).decode([hidden])).rejects.toThrow('needs the key k1');
  const data = Buffer.from(hidden.data ?? []);
  data[20] = (data[20] ?? 0) ^ 1;
  await expect(codecOf(`k1:${A}`).decode([{ ...hidden, data }])).rejects.toThrow();
});
