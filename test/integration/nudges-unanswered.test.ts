import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { sendNudgeBy } from '../../worker/starts';
import { startProxy } from '../support/proxy';
import { until } from '../support/until';

test('a nudge that the engine takes and never answers fails in time, and holds up no other for good', async () => {
  const proxy = await startProxy();
  const address = new URL(proxy.via(`tcp://${process.env['TEMPORAL_ADDRESS'] ?? ''}`)).host;
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace: process.env['TEMPORAL_NAMESPACE'] ?? '' });
  const send = sendNudgeBy(client, 'nobody', 1_000);
  const nudge = { workflowId: 'cycle/unanswered/2026-02', signal: 'changed', body: {} } as const;
  try {
    expect(await send(nudge)).toBe('gone');
    proxy.delay(3_000);
    await expect(send(nudge)).rejects.toThrow(/signal/i);
    proxy.restore();
    await until(
      'the engine answers again',
      async () => (await send(nudge).catch(() => null)) === 'gone',
    );
  } finally {
    await connection.close();
    await proxy.close();
  }
});
