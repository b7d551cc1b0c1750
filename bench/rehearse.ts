import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { toDate } from '../domain/time';
import { rehearse } from '../simulation/rehearsal/rehearse';
import { folderSource } from '../simulation/rehearsal/source';
import { startRehearsalWorker } from '../worker/rehearsal';
import { bareRun } from './bare-run';
import { machine } from './book';
import { endProcess, startBenchEngine, startProcess } from './engine';

const SPAN = { from: toDate('2005-07-01'), to: toDate('2005-09-30') };

export type RehearseFigures = Readonly<{
  machine: string;
  book: string;
  customers: number;
  months: number;
  /** Turns of cycles and proposals, and pages of campaigns. */
  activities: number;
  /** From the first campaign to the last activity's end; what is made ready and cleared away is not in it. */
  seconds: number;
  activitiesPerSecond: number;
  /** Before and after. */
  bareSeconds: readonly number[];
  /** Workflows of one activity each. */
  barePerSecond: number;
  /** The two rates; the aim is 0.7. */
  ratio: number;
  differences: number;
}>;

type Asked = Readonly<{ book: string; customers: number; bare: number }>;

/** Rehearses a slice, and runs bare workflows of one activity before it and after it on the same server and with the same worker settings. */
export async function benchRehearse({ book, customers, bare }: Asked): Promise<RehearseFigures> {
  const engine = await startBenchEngine();
  const connection = await Connection.connect({ address: engine.at.temporalAddress });
  const client = new Client({ connection, namespace: engine.at.namespace });
  const bareRate = async (name: string): Promise<number> => {
    const worker = await startProcess(
      ['--require', 'tsx/cjs', join(__dirname, 'bare-worker.ts')],
      engine.at,
    );
    await bareRun(client, worker, `${name}-warm`, 100);
    const seconds = await bareRun(client, worker, name, bare);
    await endProcess(worker);
    return seconds;
  };
  try {
    const before = await bareRate('before');
    const { activities, playedSeconds, ...done } = await rehearse({
      ...{ ...engine.at, ...SPAN, customers, policyId: null },
      temporal: { address: engine.at.temporalAddress, dataConverter: {} },
      source: folderSource(book),
      startWorker: startRehearsalWorker,
      onBegin: () => undefined,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    const after = await bareRate('after');
    const [rate, bareOf] = [activities / playedSeconds, (2 * bare) / (before + after)];
    return {
      ...{ machine: machine(), book, customers: done.customers, months: done.months },
      ...{ activities, seconds: playedSeconds, activitiesPerSecond: round(rate) },
      bareSeconds: [round(before), round(after)],
      barePerSecond: round(bareOf),
      ratio: round(rate / bareOf),
      differences: done.differences.length,
    };
  } finally {
    await connection.close();
    await engine.end();
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
