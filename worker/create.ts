import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { createCampaignActivities, type StartCycle } from '../activities/campaign';
import type { Deps } from '../activities/deps';
import { createDeviceActivities } from '../activities/device';
import { createMonthActivities } from '../activities/month';
import { bundleApart } from './bundle';
import { workerOptions } from './options';

const WORKFLOWS = join(__dirname, '..', 'workflows', 'index.ts');

/** Where a worker takes its work from. */
export type Workplace = Readonly<{
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  dataConverter: DataConverter;
}>;

/** All that the workflows may ask for. */
export const activitiesOf = (deps: Deps, startCycle: StartCycle) => ({
  ...createMonthActivities(deps),
  ...createDeviceActivities(deps),
  ...createCampaignActivities(deps, startCycle),
});

export type Activities = ReturnType<typeof activitiesOf>;

type More = Readonly<{
  /** Where else the workflows are. */
  workflowsPath?: string | undefined;
  maxConcurrentActivityTaskExecutions?: number;
}>;

/** A worker with Tarim's workflows; it takes work once it is run. */
export async function createWorker(
  { dataConverter, ...workplace }: Workplace,
  activities: Activities,
  { workflowsPath = WORKFLOWS, ...more }: More = {},
): Promise<Worker> {
  const { payloadConverterPath, failureConverterPath } = dataConverter;
  const workflowBundle = await bundleApart({
    workflowsPath,
    ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
    ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
  });
  return Worker.create({
    ...{ ...workplace, dataConverter, workflowBundle, activities },
    ...workerOptions,
    ...more,
  });
}
