import { dayOption, optional, periodOption } from './arguments';
import type { Cli } from './cli';
import { openApi, type Query } from './client';
import { customerQuery, type CustomerOptions } from './customer-filter';
import { saveStream } from './save-stream';
import { taskQuery, type TaskOptions } from './task-filter';

export type ExportOptions = CustomerOptions &
  Partial<TaskOptions> &
  Readonly<{
    out?: string;
    period?: string;
    unmatched?: boolean;
    channel?: string;
    status?: string;
    actor?: string;
    asOf?: string;
  }>;

/** Saves a list as CSV, or prints it where no file is named. */
export async function exportFile(cli: Cli, what: string, options: ExportOptions): Promise<void> {
  const { out } = options;
  const query = queryOf(cli, what, options);
  const api = await openApi(cli);
  const ask = () => api.stream(`/exports/${what}`, { query });
  if (out === undefined) {
    await cli.screen.stream(textOf(await ask()));
    return;
  }
  await saveStream(cli, out, ask);
  cli.screen.line(cli.t('export.done', { file: out }));
}

function queryOf(cli: Cli, what: string, options: ExportOptions): Query {
  const { station, customer: customerNo, kind, state, channel, status, actor } = options;
  const period = optional(cli, options.period, periodOption);
  const matched = options.unmatched === true ? 'false' : undefined;
  const asOf = optional(cli, options.asOf, dayOption);
  if (what === 'customers') return customerQuery(cli, options);
  if (what === 'tasks') return taskQuery(cli, { ...options, state: state ?? 'open' });
  return { station, customerNo, period, state, matched, channel, status, actor, kind, asOf };
}

async function* textOf(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of content) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
