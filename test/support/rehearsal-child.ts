import { join } from 'node:path';
import { toDate } from '../../domain/time';
import { rehearse } from '../../simulation/rehearsal/rehearse';
import { folderSource } from '../../simulation/rehearsal/source';
import { startRehearsalWorker } from '../../worker/rehearsal';

/** A small rehearsal by workflows that lie elsewhere: its argument. Prints what came of it. */
async function main(): Promise<void> {
  const { env } = process;
  const [, , workflowsPath] = process.argv;
  const done = await rehearse({
    databaseUrl: env['DATABASE_URL'] ?? '',
    temporal: { address: env['TEMPORAL_ADDRESS'] ?? '', dataConverter: {} },
    namespace: env['TEMPORAL_NAMESPACE'] ?? '',
    source: folderSource(join(__dirname, '..', '..', 'samples')),
    customers: 8,
    from: toDate('2005-07-01'),
    to: toDate('2005-07-31'),
    policyId: null,
    startWorker: (site) => startRehearsalWorker({ ...site, workflowsPath }),
    onBegin: () => undefined,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  process.stdout.write(JSON.stringify(done));
}

void main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
