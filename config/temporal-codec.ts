import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Config } from '.';

const CIPHER = 'aes-256-gcm';
const ENCRYPTED = 'binary/encrypted';
/** Bytes. Source: NIST SP 800-38D 8.2, 5.2.1.2. */
const NONCE = 12;
const TAG = 16;
const { Payload: Wire } = temporal.api.common.v1;

/**
 * What clients and workers convert with: encrypted by TEMPORAL_CODEC_KEYS, error texts too; plain where there are none. A payload from before
 * the keys were given is read as it is, so they may be given while months run.
 */
export function dataConverterOf({ TEMPORAL_CODEC_KEYS: keys }: Config): DataConverter {
  if (keys === undefined) return {};
  return {
    payloadCodecs: [codecOf(keys)],
    failureConverterPath: join(__dirname, 'failure-converter.ts'),
  };
}

/** @param keys as TEMPORAL_CODEC_KEYS has them: `name:base64`, the first encrypts. */
export function codecOf(keys: string): PayloadCodec {
  const named = new Map(
    keys
      .trim()
      .split(/\s+/)
      .map((line) => {
        const [name = '', key = ''] = line.split(':');
        return [name, Buffer.from(key, 'base64')] as const;
      }),
  );
  const [first] = named;
  if (first === undefined) throw new TypeError('a codec needs a key');
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => encrypt(payload, ...first))),
    decode: (payloads) =>
      Promise.resolve().then(() => payloads.map((payload) => decrypt(payload, named))),
  };
}

function encrypt(payload: Payload, name: string, key: Buffer): Payload {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const text = [cipher.update(Wire.encode(payload).finish()), cipher.final()];
  return {
    metadata: { encoding: Buffer.from(ENCRYPTED), 'encryption-key-id': Buffer.from(name) },
    data: Buffer.concat([nonce, ...text, cipher.getAuthTag()]),
  };
}

function decrypt(payload: Payload, named: ReadonlyMap<string, Buffer>): Payload {
  const { metadata, data } = payload;
  if (textOf(metadata?.['encoding']) !== ENCRYPTED) return payload;
  const name = textOf(metadata?.['encryption-key-id']);
  const key = named.get(name);
  if (key === undefined)
    throw new RangeError(
      `What Temporal keeps needs the key ${name}: TEMPORAL_CODEC_KEYS lacks it.`,
    );
  const bytes = Buffer.from(data ?? []);
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE));
  decipher.setAuthTag(bytes.subarray(-TAG));
  const plain = [decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()];
  return Wire.decode(Buffer.concat(plain));
}

const textOf = (bytes: Uint8Array | null | undefined): string =>
  Buffer.from(bytes ?? []).toString('utf8');
