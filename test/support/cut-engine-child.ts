import { DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { installRuntime } from '../../worker/runtime';
import { startProxy } from './proxy';
import { until } from './until';

/** Polls an engine that goes away, until its native part has said so to the logger; then prints `done` to standard output. */
async function main(): Promise<void> {
  let said = 0;
  installRuntime(
    new DefaultLogger('WARN', ({ message, meta }) => {
      if (meta?.['sdkComponent'] !== 'core') return;
      said += 1;
      process.stderr.write(`${message}\n`);
    }),
  );
  const proxy = await startProxy();
  const { host } = new URL(proxy.via(`http://${process.env['TEMPORAL_ADDRESS'] ?? ''}`));
  const connection = await NativeConnection.connect({ address: host });
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? '';
  const activities = { nothing: () => Promise.resolve() };
  const worker = await Worker.create({ connection, namespace, taskQueue: 'cut', activities });
  const running = worker.run();
  await until('it polls', () => worker.getState() === 'RUNNING');
  await new Promise((polls) => setTimeout(polls, 500));
  proxy.cut();
  await until('it said so', () => said > 0);
  proxy.restore();
  worker.shutdown();
  await running;
  await connection.close();
  await proxy.close();
  process.stdout.write('done');
}

void main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  // The worker would go on.
  process.exit(1);
});
