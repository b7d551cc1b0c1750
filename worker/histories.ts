import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import type { Seen, Told } from '../activities/recall';
import { instantOf, plusMs, type Instant } from '../domain/time';
import type {
  CollectMonthInput,
  Command,
  NamedCommand,
  Turn,
  TurnResult,
} from '../workflows/contract';

type Events = NonNullable<
  Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']
>;
type Event = Events[number];

/** Reads the history of one run. Null when it is not a month's, or is gone meanwhile. */
export async function readRun(
  client: Client,
  { workflowId, runId }: Readonly<{ workflowId: string; runId: string }>,
): Promise<Told | null> {
  const handle = client.workflow.getHandle(workflowId, runId);
  const history = await handle.fetchHistory().catch((error: unknown) => {
    if ((error as Error).name === 'WorkflowNotFoundError') return null;
    throw error;
  });
  const [first, ...events] = history?.events ?? [];
  const started = first?.workflowExecutionStartedEventAttributes;
  if (!first || !started) return null;
  const decode = <T>(payloads: Payloads): Promise<T> => decodeFirst<T>(client, payloads);
  const { customerNo, period, offsetMs } = await decode<CollectMonthInput>(started.input);
  const seen = await readEvents(events, { runId, offsetMs, decode });
  return { customerNo, period, offsetMs, openedAt: plusMs(timeOf(first), offsetMs), seen };
}

type Payloads = NonNullable<Event['workflowExecutionStartedEventAttributes']>['input'];
type Reading = Readonly<{
  runId: string;
  offsetMs: number;
  decode: <T>(payloads: Payloads) => Promise<T>;
}>;

async function decodeFirst<T>(client: Client, payloads: Payloads): Promise<T> {
  const { loadedDataConverter } = client.options;
  const [value] = await decodeArrayFromPayloads(loadedDataConverter, payloads?.payloads);
  return value as T;
}

async function readEvents(events: Events, reading: Reading): Promise<Seen[]> {
  const turns = new Map<string, Instant>();
  const seen: Seen[] = [];
  let received = 0;
  for (const event of events) {
    const wallAt = timeOf(event);
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name === 'takeTurn') {
      const { asOf } = await reading.decode<Turn>(scheduled.input);
      turns.set(String(event.eventId), asOf);
    }
    const completed = event.activityTaskCompletedEventAttributes;
    const at = turns.get(String(completed?.scheduledEventId));
    if (completed && at !== undefined) {
      const { taken = [] } = await reading.decode<TurnResult>(completed.result);
      seen.push(...taken.map((one) => ({ at, wallAt, taken: one })));
    }
    const order = await orderOf(event, reading);
    if (order === null) continue;
    received += 1;
    const fallbackId = `${reading.runId}/${received}`;
    seen.push({ at: plusMs(wallAt, reading.offsetMs), wallAt, order: { ...order, fallbackId } });
  }
  return seen;
}

/** An order that came by signal, as the run's inbox tells them apart (workflows/inbox.ts); a mere word to look again is none. */
async function orderOf(
  { workflowExecutionSignaledEventAttributes: signaled }: Event,
  { decode }: Reading,
): Promise<Omit<NamedCommand, 'fallbackId'> | null> {
  const signal = signaled?.signalName;
  if (signal !== 'pause' && signal !== 'resume' && signal !== 'escalate' && signal !== 'changed')
    return null;
  const command = (await decode<Command | undefined>(signaled?.input)) ?? {};
  return signal === 'changed' && command.kind === undefined ? null : { signal, command };
}

const timeOf = ({ eventTime }: Event): Instant =>
  instantOf(Number(eventTime?.seconds ?? 0) * 1000 + Math.floor((eventTime?.nanos ?? 0) / 1e6));
