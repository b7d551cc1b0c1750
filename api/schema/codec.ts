import { z } from 'zod';

const Base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64');

/** Temporal's own JSON of payloads. Source: Temporal, "Codec Server" (protocol buffers as JSON). */
export const Payloads = z
  .strictObject({
    payloads: z
      .array(
        z.strictObject({
          metadata: z.record(z.string().max(200), Base64).optional(),
          data: Base64.optional(),
        }),
      )
      .max(10_000),
  })
  .meta({ id: 'TemporalPayloads' });
